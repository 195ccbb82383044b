// Keys that work anywhere on the map page, unless somebody is typing; the guide lists them.

const TYPING = "input:not([type=range]), textarea, select, [contenteditable]";
const PRESSED = "button, a, summary, [role=option], [role=tab], [role=button], [role=gridcell]";

/**
 * Listen for keys. Returns how to stop.
 * @param {Record<string, (event: KeyboardEvent) => unknown>} acts what each key does
 */
export function onKeys(acts) {
  /** @param {KeyboardEvent} event */
  const listen = (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.ctrlKey || event.metaKey || event.altKey || target?.closest(TYPING)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === " " && target?.closest(PRESSED)) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act(event);
  };
  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}

/**
 * Click on something that the page drew.
 * @param {string} selector
 */
export function press(selector) {
  /** @type {HTMLElement | null} */ (document.querySelector(selector))?.click();
}
