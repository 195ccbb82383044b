// Which entries of the attention list are new since the person looked, remembered in their browser.
import { keep, kept } from "./dom.js";

const SEEN_AFTER_MS = 15000;
const SEEN_MAX = 2000;

/** Remembers which entries were looked at; on a first visit nothing is new. */
export class Seen {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {string} campaign */
  constructor(campaign) {
    this.name = `onemap-attention-${campaign}`;
    const known = kept(this.name, /** @type {string[] | null} */ (null));
    this.keys = known && new Set(known);
  }

  /** @param {string} key */
  isNew(key) {
    return this.keys !== null && !this.keys.has(key);
  }

  /**
   * Take what is shown as seen, once it has been in view for a while; the marks of this visit stay.
   * @param {Wire.Need[]} needs
   */
  look(needs) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (document.hidden) this.look(needs);
      else keep(this.name, [...new Set([...kept(this.name, /** @type {string[]} */ ([])), ...needs.map((need) => need.key)])].slice(-SEEN_MAX));
    }, SEEN_AFTER_MS);
  }

  leave() {
    clearTimeout(this.#timer);
  }
}
