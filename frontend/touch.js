// Let one finger scroll the page over a map, and two fingers move and zoom it; a mouse moves it as ever.

const HINT_MS = 1500;
const COARSE = "(pointer: coarse)";

/** Leaflet's two-finger zoom moves the map with the middle of the fingers; that is enough to move it. */
export function leaveScrollToPage(map, frame, hint) {
  if (!matchMedia(COARSE).matches) return;
  map.dragging.disable();
  const said = Object.assign(document.createElement("div"), { className: "onemap-two-fingers", textContent: hint, hidden: true });
  frame.append(said);
  let timer;
  frame.addEventListener("touchmove", ({ touches }) => {
    said.hidden = touches.length > 1;
    clearTimeout(timer);
    timer = setTimeout(() => (said.hidden = true), HINT_MS);
  }, { passive: true });
}
