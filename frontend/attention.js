// What needs somebody now, as the board says it: rows of sentences, and which of them are new since the person looked.

const SEEN_AFTER_MS = 15000;
const SEEN_MAX = 2000;

/** The entries of a board that the filters leave in, most urgent first. */
export function needsOf(board, features, shown, fits) {
  const place = new Map(features.ids.map((id, i) => [id, i]));
  const spatial = shown.includes(0);
  return board.attention.filter(
    (need) => (!fits || fits[need.task]) && (!spatial || need.features.some((id) => shown[place.get(id)])),
  );
}

/** Remembers in this browser which entries were looked at; on a first visit nothing is new. */
export class Seen {
  constructor(campaign) {
    this.name = `onemap-attention-${campaign}`;
    this.keys = read(this.name);
  }

  isNew(key) {
    return this.keys !== null && !this.keys.has(key);
  }

  /** Take what is shown as seen, once it has been in view for a while; the marks of this visit stay. */
  look(needs) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (document.hidden) {
        this.look(needs);
        return;
      }
      const known = [...(read(this.name) ?? []), ...needs.map((need) => need.key)];
      write(this.name, [...new Set(known)].slice(-SEEN_MAX));
    }, SEEN_AFTER_MS);
  }

  leave() {
    clearTimeout(this.timer);
  }
}

function read(name) {
  try {
    const text = localStorage.getItem(name);
    return text === null ? null : new Set(JSON.parse(text));
  } catch {
    return null;
  }
}

function write(name, keys) {
  try {
    localStorage.setItem(name, JSON.stringify(keys));
  } catch {
    // A browser that stores nothing marks nothing as new.
  }
}
