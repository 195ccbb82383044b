// The slider over the campaign: map, list and figures follow it in the browser; where it comes to rest, the page goes too.
import { element, fill, later, mounted } from "./dom.js";
import { paintFigures } from "./figures.js";
import { onKeys } from "./keys.js";
import { load, showBoard } from "./store.js";

const DAY_MS = 86400000;
/** @type {Record<string, number>} */
const STEPS = { day: 1, week: 7 };
const PER_SECOND = [1, 2, 5];
const TOLD_MS = 5000;
const PAINTED_MAX = 1000;

export const { show, leave } = mounted("oneMapTime", (/** @type {View.TimeComponent} */ component) => new TimeView(component));

/** The day of an instant. @param {number} instant */
const iso = (instant) => new Date(instant).toISOString().slice(0, 10);

export class TimeView {
  /** Days that were shown last, in order. @type {string[]} */
  painted = [];
  /** Grows with every play, drag and rest: what an earlier one began does not go on. */
  turn = 0;
  /** Place of the day that is shown, counted from the first; the slider has it once the page has named its day. @type {number} */
  at = later();
  /** Place of the last day. */
  last = 0;
  /** Instant of the first day. */
  start = 0;
  /** When the next step is due. */
  due = 0;
  playing = false;
  dragging = false;
  gone = false;
  /** Where the hand is, until the map is there too. @type {number | null} */
  wanted = null;
  /** @type {Promise<void> | undefined} */
  following;
  /** The day of which the page was told, and those that it may draw before it hears. @type {{day: string, through: string[], until: number} | undefined} */
  told;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  /** @type {Promise<unknown>} */
  queue = Promise.resolve();

  /** @param {View.TimeComponent} component */
  constructor(component) {
    window.oneMapTime = this;
    this.component = component;
    this.button = element("button", { className: "onemap-play", type: "button", onclick: () => (this.playing ? this.rest() : this.play()) });
    this.step = choice("onemap-step", Object.keys(STEPS));
    this.speed = choice("onemap-speed", PER_SECOND.map(String));
    this.slider = element("input", { className: "onemap-slider", type: "range", min: 0, step: 1 });
    this.slider.oninput = () => this.drag();
    this.slider.onchange = () => this.rest();
    this.frame = element("div", { className: "onemap-time" }, this.button, this.step, this.speed, this.slider);
    component.parentElement.append(this.frame);
    this.deaf = onKeys({ " ": () => this.button.click() });
  }

  leave() {
    this.gone = true;
    this.playing = false;
    this.turn += 1;
    clearTimeout(this.timer);
    this.deaf();
    showBoard(null);
    this.frame.remove();
  }

  /** @param {View.TimeComponent} component */
  update(component) {
    this.component = component;
    const { data } = component;
    this.start = Date.parse(data.start);
    this.last = Math.round((Date.parse(data.end) - this.start) / DAY_MS);
    this.slider.max = String(this.last);
    this.name(data.words);
    if (this.playing || this.dragging) return;
    if (this.passing(data.day)) return;
    this.told = undefined;
    this.at = this.placeOf(data.day);
    this.mark();
    this.queue = this.queue.then(() => showBoard(null));
  }

  /** Whether the page drew a day that it is about to leave: it was told another, but began before it heard. @param {string} day */
  passing(day) {
    return this.told && this.told.day !== day && this.told.through.includes(day) && performance.now() < this.told.until;
  }

  /** @param {string} day */
  placeOf(day) {
    return Math.round((Date.parse(day) - this.start) / DAY_MS);
  }

  /** @param {Wire.TimeData["words"]} words */
  name(words) {
    const [day, week] = this.step.options;
    [day.textContent, week.textContent] = [words.day, words.week];
    [...this.speed.options].forEach((option) => (option.textContent = fill(words.speed, { n: option.value })));
    for (const [node, text] of /** @type {const} */ ([[this.step, words.step], [this.speed, words.pace], [this.slider, words.slider]])) {
      node.setAttribute("aria-label", text);
      node.title = text;
    }
    this.nameButton();
  }

  nameButton() {
    const { words } = this.component.data;
    this.button.textContent = this.playing ? "❚❚" : "▶";
    this.button.title = this.playing ? words.pause : words.play;
    this.button.setAttribute("aria-label", this.button.title);
    this.frame.dataset.playing = String(this.playing);
  }

  play() {
    if (this.at >= this.last) this.at = 0;
    clearTimeout(this.timer);
    this.playing = true;
    this.dragging = false;
    this.nameButton();
    this.due = performance.now();
    this.tick(++this.turn);
  }

  /**
   * One step; the next begins when its time has come and this one is painted, so that none is left out.
   * @param {number} turn
   */
  async tick(turn) {
    const to = Math.min(this.at + STEPS[this.step.value], this.last);
    try {
      await this.go(to);
    } catch (error) {
      console.error(error);
      if (turn === this.turn) this.rest();
      return;
    }
    if (turn !== this.turn) return;
    if (to >= this.last) {
      this.rest();
      return;
    }
    load(this.address(Math.min(to + STEPS[this.step.value], this.last))).catch(() => {});
    this.due = Math.max(this.due + 1000 / Number(this.speed.value), performance.now());
    this.timer = setTimeout(() => this.tick(turn), this.due - performance.now());
  }

  /** @param {number} place */
  address(place) {
    return this.component.data.board.replace("DAY", iso(this.start + place * DAY_MS));
  }

  /** Show a day; days come to the screen one after the other. @param {number} place */
  go(place) {
    this.at = place;
    this.mark();
    const { features } = this.component.data;
    const url = this.address(place);
    const shown = this.queue.then(async () => {
      const [board, { zoneIds }] = await Promise.all([
        /** @type {Promise<Wire.Board>} */ (load(url)),
        /** @type {Promise<Wire.Features>} */ (load(features)),
      ]);
      if (this.gone) return; // the board belongs to another page now
      await showBoard(url);
      paintFigures(board, zoneIds);
      this.painted.push(iso(this.start + place * DAY_MS));
      if (this.painted.length > PAINTED_MAX) this.painted.shift();
    });
    this.queue = shown.catch(() => {});
    return shown;
  }

  drag() {
    this.turn += 1;
    clearTimeout(this.timer);
    this.playing = false;
    this.dragging = true;
    this.nameButton();
    this.wanted = Number(this.slider.value);
    this.following ??= this.follow();
  }

  /** Go where the hand is until it stays there; days that it passed meanwhile are left out. */
  async follow() {
    while (this.wanted !== null) {
      const to = this.wanted;
      this.wanted = null;
      await this.go(to).catch((error) => console.error(error));
    }
    this.following = undefined;
  }

  /** Stop here, and have the whole page go to this day. */
  async rest() {
    this.turn += 1;
    const { turn } = this;
    this.playing = false;
    clearTimeout(this.timer);
    this.nameButton();
    await this.following;
    await this.queue;
    if (turn !== this.turn) return;
    this.dragging = false;
    const day = iso(this.start + this.at * DAY_MS);
    const { day: drawn } = this.component.data;
    if (day === (this.told?.day ?? drawn)) {
      if (day === drawn) await showBoard(null);
      return;
    }
    const through = [...(this.told ? [...this.told.through, this.told.day] : []), drawn];
    this.told = { day, through, until: performance.now() + TOLD_MS };
    this.component.setTriggerValue("moved", { day });
  }

  mark() {
    const day = iso(this.start + this.at * DAY_MS);
    if (!this.dragging) this.slider.value = String(this.at);
    this.slider.setAttribute("aria-valuetext", day);
    /** @type {HTMLElement | null} */
    const mark = document.querySelector(".onemap-timeline .today");
    if (!mark) return;
    mark.style.left = `${((this.at + 1) / (this.last + 1)) * 100}%`;
    mark.classList.toggle("before", this.at / this.last > 0.06);
    mark.classList.toggle("after", this.at / this.last <= 0.06);
    if (mark.firstChild) mark.firstChild.textContent = day.slice(5);
  }
}

/**
 * A select of values; their words come with the language.
 * @param {string} className
 * @param {string[]} values
 */
function choice(className, values) {
  return element("select", { className }, ...values.map((value) => element("option", { value })));
}
