// The slider over the campaign: map, list and figures follow it in the browser; where it comes to rest, the page goes too.
import { paintFigures } from "./figures.js";
import { onKeys } from "./keys.js";
import { load, showBoard } from "./store.js";

const DAY_MS = 86400000;
const STEPS = { day: 1, week: 7 };
const PER_SECOND = [1, 2, 5];
const TOLD_MS = 5000;
const PAINTED_MAX = 1000;

export function show(component) {
  const host = component.parentElement;
  host.oneMapTime ??= new TimeView(host);
  host.oneMapTime.update(component);
}

export function leave(host) {
  host.oneMapTime?.leave();
  delete host.oneMapTime;
}

function made(tag, className, properties = {}) {
  return Object.assign(document.createElement(tag), { className, ...properties });
}

const iso = (instant) => new Date(instant).toISOString().slice(0, 10);

class TimeView {
  constructor(host) {
    window.oneMapTime = this;
    this.painted = []; // days that were shown last, in order
    this.turn = 0; // grows with every play, drag and rest: what an earlier one began does not go on
    this.frame = made("div", "onemap-time");
    this.button = made("button", "onemap-play", { type: "button", onclick: () => (this.playing ? this.rest() : this.play()) });
    this.step = this.choice("onemap-step", Object.keys(STEPS));
    this.speed = this.choice("onemap-speed", PER_SECOND.map(String));
    this.slider = made("input", "onemap-slider", { type: "range", min: 0, step: 1 });
    this.slider.oninput = () => this.drag();
    this.slider.onchange = () => this.rest();
    this.frame.append(this.button, this.step, this.speed, this.slider);
    host.append(this.frame);
    this.deaf = onKeys({ " ": () => this.button.click() });
    this.queue = Promise.resolve();
  }

  choice(className, values) {
    const select = made("select", className);
    select.append(...values.map((value) => made("option", "", { value })));
    return select;
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

  update(component) {
    this.component = component;
    const { data } = component;
    this.start = Date.parse(data.start);
    this.last = Math.round((Date.parse(data.end) - this.start) / DAY_MS);
    this.slider.max = this.last;
    this.name(data.words);
    if (this.playing || this.dragging) return;
    if (this.passing(data.day)) return;
    this.told = undefined;
    this.at = this.placeOf(data.day);
    this.mark();
    this.queue = this.queue.then(() => showBoard(null));
  }

  /** Whether the page drew a day that it is about to leave: it was told another, but began before it heard. */
  passing(day) {
    return this.told && this.told.day !== day && this.told.through.includes(day) && performance.now() < this.told.until;
  }

  placeOf(day) {
    return Math.round((Date.parse(day) - this.start) / DAY_MS);
  }

  name(words) {
    const [day, week] = this.step.options;
    [day.textContent, week.textContent] = [words.day, words.week];
    [...this.speed.options].forEach((option) => (option.textContent = words.speed.replace("{n}", option.value)));
    for (const [node, text] of [[this.step, words.step], [this.speed, words.pace], [this.slider, words.slider]]) {
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
    this.frame.dataset.playing = String(Boolean(this.playing));
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

  /** One step; the next begins when its time has come and this one is painted, so that none is left out. */
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

  address(place) {
    return this.component.data.board.replace("DAY", iso(this.start + place * DAY_MS));
  }

  /** Show a day; days come to the screen one after the other. */
  go(place) {
    this.at = place;
    this.mark();
    const { features } = this.component.data;
    const url = this.address(place);
    const shown = this.queue.then(async () => {
      const [board, { zoneIds }] = await Promise.all([load(url), load(features)]);
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
    const through = [...(this.told?.through ?? []), this.told?.day, drawn];
    this.told = { day, through, until: performance.now() + TOLD_MS };
    this.component.setTriggerValue("moved", { day });
  }

  mark() {
    const day = iso(this.start + this.at * DAY_MS);
    if (!this.dragging) this.slider.value = this.at;
    this.slider.setAttribute("aria-valuetext", day);
    const mark = document.querySelector(".onemap-timeline .today");
    if (!mark) return;
    mark.style.left = `${((this.at + 1) / (this.last + 1)) * 100}%`;
    mark.classList.toggle("before", this.at / this.last > 0.06);
    mark.classList.toggle("after", this.at / this.last <= 0.06);
    if (mark.firstChild) mark.firstChild.textContent = day.slice(5);
  }
}
