// Let one finger scroll the page over a map, and two fingers move and zoom it; a mouse moves it as ever.
import { element } from "./dom.js";

const HINT_MS = 1500;
const COARSE = "(pointer: coarse)";

/**
 * Leaflet's two-finger zoom moves the map with the middle of the fingers; that is enough to move it.
 * @param {L.Map} map
 * @param {HTMLElement} frame
 * @param {string} hint
 */
export function leaveScrollToPage(map, frame, hint) {
  if (!matchMedia(COARSE).matches) return;
  map.dragging.disable();
  const said = element("div", { className: "onemap-two-fingers", hidden: true }, hint);
  frame.append(said);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  frame.addEventListener("touchmove", ({ touches }) => {
    said.hidden = touches.length > 1;
    clearTimeout(timer);
    timer = setTimeout(() => (said.hidden = true), HINT_MS);
  }, { passive: true });
}
