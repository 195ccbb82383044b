// Keys that work anywhere on the map page, unless somebody is typing; the guide lists them.

const TYPING = "input:not([type=range]), textarea, select, [contenteditable]";
const PRESSED = "button, a, summary, [role=option], [role=tab], [role=button], [role=gridcell]";

/** Listen for keys; `acts` maps a key to what it does. Returns how to stop. */
export function onKeys(acts) {
  const listen = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === " " && event.target.closest?.(PRESSED)) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act(event);
  };
  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}

/** Press a button that Streamlit drew, by the key of its widget. */
export function press(key) {
  document.querySelector(`.st-key-${key} button`)?.click();
}
