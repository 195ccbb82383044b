// The wall: rotates through its scenes for weeks, asks for what is new, and heals by itself when server or network are gone.
import { drawCurve } from "./curve.js";
import { element, fill, later } from "./dom.js";
import { percent } from "./figures.js";
import { corners, leave, show } from "./map.js";
import { loadAll } from "./store.js";

const ASK_MS = 3000;
const ASK_TIMEOUT_MS = 8000;
const DOCUMENTS_TIMEOUT_MS = 30000;
const SCENE_MS = 14000;
const RED_FACTOR = 2.5;
const SHIFT_MS = 60000;
const SHIFTS_PX = [[0, 0], [5, 2], [2, 6], [-4, 4], [-6, 0], [-3, -5], [3, -4], [6, -1]];
const ROWS = 7;
const INCIDENTS = 3;
const ROUGH_PX = 4;
const OFFLINE_AFTER = 2;

/** Called once by the page. @param {HTMLElement} root */
export function begin(root) {
  window.oneMapWall = new Wall(root);
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {string} [text]
 */
function made(tag, className, text) {
  return element(tag, { className }, text);
}

/**
 * What a promise gives, or a failure when that takes too long: a dead connection may never say so.
 * @template Result
 * @param {number} ms
 * @param {Promise<Result>} promise
 * @returns {Promise<Result>}
 */
function within(ms, promise) {
  return Promise.race([promise, new Promise((_, fail) => setTimeout(() => fail(new Error("no answer in time")), ms))]);
}

/** @typedef {{kind: "overview" | "zone" | "attention" | "changes" | "curve", zone?: Wire.WallZone}} WallScene */

export class Wall {
  /** What was heard last. @type {Wire.WallState} */
  state = later();
  /** @type {Wire.WallDocument} */
  document = later();
  /** @type {Wire.Board} */
  board = later();
  /** @type {Wire.Style} */
  style = later();
  /** @type {Record<Wire.Light, string>} */
  lightWords = later();
  /** @type {WallScene} */
  scene = later();
  /** Address of this module; that of another program makes the page load itself. @type {string | undefined} */
  module;
  /** Features that are red; undefined before the first document. @type {string[] | undefined} */
  reds;
  /** Features that turned red since the last round. @type {string[]} */
  fresh = [];
  /** Incidents that were heard of, as text. @type {string[] | undefined} */
  incidents;
  /** Since when nobody answers. @type {Date | undefined} */
  since;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  asking = false;
  heardAt = 0;
  key = "";
  failures = 0;
  /** How many scenes were shown. */
  scenes = 0;
  at = -1;
  shifted = 0;

  /** @param {HTMLElement} root */
  constructor(root) {
    const { lang, speed, theme } = document.body.dataset;
    this.lang = /** @type {Wire.Lang} */ (lang);
    this.speed = Number(speed);
    this.theme = /** @type {Wire.Theme} */ (theme);
    this.frame = made("div", "wall-frame");
    this.head = made("header", "wall-head");
    this.title = made("h1", "");
    this.note = made("span", "wall-note");
    this.age = made("span", "wall-age");
    this.clock = made("time", "wall-clock");
    this.head.append(this.title, this.note, this.age, this.clock);
    this.mapHost = made("div", "wall-map stApp");
    this.mapHost.style.colorScheme = this.theme;
    this.side = made("section", "wall-side");
    this.banner = made("div", "wall-banner");
    this.banner.hidden = true;
    this.drill = made("div", "onemap-drill");
    this.drill.hidden = true;
    this.frame.append(this.head, this.mapHost, this.side, this.banner, this.drill);
    root.append(this.frame);
    setInterval(() => this.tick(), 1000);
    setInterval(() => this.shift(), SHIFT_MS / this.speed);
    setInterval(() => this.ask(), ASK_MS);
    this.ask();
  }

  async ask() {
    if (this.asking) return;
    this.asking = true;
    try {
      const query = new URLSearchParams({ lang: this.lang, have: this.key });
      const signal = AbortSignal.timeout(ASK_TIMEOUT_MS);
      const response = await fetch(`/onemap/live/wall.json?${query}`, { cache: "no-store", credentials: "same-origin", signal });
      if (response.status === 403) await this.reload(); // signed out: the page leads to the sign-in
      if (!response.ok) throw new Error(String(response.status));
      await this.heard(await response.json());
      this.failures = 0;
      this.since = undefined;
    } catch (error) {
      this.failures += 1;
      this.since ??= new Date();
      if (this.failures === 1) console.warn("wall:", error);
    }
    this.asking = false;
    this.say();
  }

  /** Load this page anew, but only where it is there: a page that the browser could not load does not heal by itself. */
  async reload() {
    const { ok } = await fetch(document.location.href, { cache: "no-store", signal: AbortSignal.timeout(ASK_TIMEOUT_MS) });
    if (ok) document.location.reload();
  }

  /** @param {Wire.WallState} state */
  async heard(state) {
    this.module ??= state.module;
    if (this.module !== state.module) {
      await this.reload(); // a newer program serves now
      return;
    }
    this.state = state;
    this.heardAt = Date.now();
    if (!state.document) return;
    const { board, features, style, words } = await within(DOCUMENTS_TIMEOUT_MS, loadAll(state.document.map));
    const before = this.reds;
    this.reds = features.ids.filter((_, i) => style.letters[board.lights[i]] === "red");
    const turned = before ? this.reds.filter((id) => !before.includes(id)) : [];
    const { reds } = this;
    this.fresh = [...turned, ...this.fresh.filter((id) => reds.includes(id) && !turned.includes(id))];
    Object.assign(this, { key: state.key, document: state.document, board, style, lightWords: words.lights });
    const news = [...turned, ...this.newIncidents()];
    this.name();
    if (news.length || this.at < 0) this.next(news.length ? 0 : undefined);
    else {
      this.scene = this.plan()[this.at] ?? { kind: "overview" };
      this.paint();
    }
  }

  /** Incidents that the wall had not heard of before; none of those that it begins with. */
  newIncidents() {
    const known = this.incidents;
    const heard = this.document.incidents.map((one) => `${one.name} ${one.lon} ${one.lat} ${one.text}`);
    this.incidents = heard;
    return known ? heard.filter((one) => !known.includes(one)) : [];
  }

  name() {
    const { title, campaign, sample, over, day, words, drill } = this.document;
    this.title.textContent = title;
    const when = fill(over ? words.demonstration : words.asOf, { day });
    this.note.textContent = [campaign, when, ...(sample ? [words.sample] : [])].join(" · ");
    this.drill.hidden = !drill;
    this.drill.replaceChildren(...Array.from({ length: drill ? 30 : 0 }, () => made("span", "", words.drill)));
  }

  /** @returns {WallScene[]} */
  plan() {
    const { zones, changes } = this.document;
    const ofZones = zones.map((zone) => ({ kind: /** @type {const} */ ("zone"), zone }));
    return [{ kind: "overview" }, ...ofZones, { kind: "attention" }, ...(changes ? [{ kind: /** @type {const} */ ("changes") }] : []), { kind: "curve" }];
  }

  /** Show the next scene, or one by its place. @param {number} [place] */
  next(place) {
    clearTimeout(this.timer);
    const plan = this.plan();
    this.at = place ?? (this.at + 1) % plan.length;
    this.scene = plan[this.at];
    this.scenes += 1;
    const red = this.fresh.length && (this.scene.kind === "overview" || this.scene.zone?.late.some((id) => this.fresh.includes(id)));
    this.timer = setTimeout(() => this.next(), (SCENE_MS * (red ? RED_FACTOR : 1)) / this.speed);
    this.paint();
    if (this.at === plan.length - 1) this.fresh = [];
  }

  paint() {
    const { kind, zone } = this.scene;
    this.frame.dataset.scene = kind;
    const selected = kind === "overview" ? (this.fresh[0] ?? null) : null;
    const points = this.document.incidents.map(({ name, drill, lon, lat }) => ({ lon, lat, glyph: "!", text: name, id: "", radius_m: 0, className: drill ? "incident drill" : "incident" }));
    const data = { ...this.document.map, theme: this.theme, selected, points };
    show({ parentElement: this.mapHost, data, setTriggerValue: () => {} });
    const view = window.oneMap;
    view?.queue.then(() => (view.map ? this.look(view, zone) : leave(this.mapHost))); // the next scene builds it anew
    this.side.replaceChildren(...this.told(kind, zone));
    this.trim();
  }

  /**
   * What stands beside the map.
   * @param {WallScene["kind"]} kind
   * @param {Wire.WallZone} [zone]
   */
  told(kind, zone) {
    if (kind === "zone" && zone) return this.zone(zone);
    if (kind === "attention") return this.attention();
    if (kind === "changes" && this.document.changes) return this.changes(this.document.changes);
    return kind === "curve" ? this.curve() : this.overview();
  }

  /** Leave out the last rows where there is no room for all, and say how many are missing: none is shown by half. */
  trim() {
    const { side } = this;
    const full = () => side.scrollHeight > side.clientHeight + ROUGH_PX || side.scrollWidth > side.clientWidth + ROUGH_PX;
    /** @type {HTMLElement | null} */
    const more = side.querySelector(".wall-more");
    const rows = [...side.querySelectorAll(".wall-row, .wall-duty")];
    const count = () => {
      const left = more ? Number(more.dataset.all) - side.querySelectorAll(".wall-row").length : 0;
      if (more) more.hidden = !left;
      if (more && left) more.textContent = fill(this.document.words.more, { n: left });
      if (!side.querySelector(".wall-duty")) side.querySelector(".wall-posts")?.remove();
    };
    count();
    if (getComputedStyle(side).overflowY === "visible") return; // on a phone the page scrolls
    while (rows.length && full()) {
      rows.pop()?.remove();
      count();
    }
  }

  /**
   * @param {import("./map.js").MapView} view
   * @param {Wire.WallZone} [zone]
   */
  look({ map, extent }, zone) {
    map.invalidateSize({ pan: false });
    map.fitBounds(zone ? corners(zone.bounds) : extent, { animate: false, padding: [24, 24] });
  }

  overview() {
    const { words, zones, duty, incidents } = this.document;
    const { figures } = this.board;
    const lights = made("div", "wall-lights");
    for (const light of this.style.lights) {
      const cell = made("div", `wall-light ${light}`);
      cell.append(made("b", "", String(figures.lights[light])), made("span", "", this.lightWords[light]));
      lights.append(cell);
    }
    const shares = made("div", "wall-zones");
    zones.forEach((zone, at) => {
      const meter = made("span", "meter");
      const bar = made("i", "");
      const share = `${percent(figures.zones[at] ?? 0)}%`;
      bar.style.width = share;
      meter.append(bar);
      shares.append(made("span", "", zone.name), meter, made("b", "", share));
    });
    const people = duty.slice(0, 3).map((one) => made("p", "wall-duty", `${one.post} ${one.person} ${one.phone}`));
    const events = incidents.slice(0, INCIDENTS).map((one) => made("p", "wall-incident", `! ${one.name} · ${one.severity} · ${one.text}`));
    if (incidents.length > INCIDENTS) events.push(made("p", "wall-incident", `+ ${incidents.length - INCIDENTS}`));
    const fresh = this.fresh.length ? [made("p", "wall-fresh", words.newRed), ...this.rows(this.fresh)] : [];
    return [made("h2", "", words.overview), ...events, lights, ...fresh, made("h3", "", words.readiness), shares, made("h3", "wall-posts", words.duty), ...people];
  }

  /** @param {Wire.WallZone} zone */
  zone(zone) {
    const { words } = this.document;
    const rows = this.rows(zone.late);
    return [made("h2", "", zone.name), made("h3", "", `${words.late} ${zone.late.length}`), ...(rows.length ? rows : [made("p", "wall-calm", words.none)])];
  }

  /** Rows of features that are late, by what the attention list says of their tasks. @param {string[]} ids */
  rows(ids) {
    const needs = this.board.attention.filter((need) => need.features.some((id) => ids.includes(id)));
    return this.some(needs, ROWS, (need) => this.row(need));
  }

  /**
   * The first of what there is, and how many more there are.
   * @template One
   * @param {One[]} all
   * @param {number} room
   * @param {(one: One) => HTMLElement} shown
   */
  some(all, room, shown) {
    const more = made("p", "wall-more");
    more.dataset.all = String(all.length);
    return all.length ? [...all.slice(0, room).map(shown), more] : [];
  }

  /** @param {Wire.Need} need */
  row(need) {
    const row = made("article", `wall-row ${this.style.letters[need.light]}`);
    row.append(made("b", "", this.board.task[this.lang][need.task]), made("p", "", need[this.lang]));
    return row;
  }

  attention() {
    const { words } = this.document;
    const needs = this.board.attention;
    const rows = this.some(needs, 2 * ROWS, (need) => this.row(need));
    return [made("h2", "", `${words.attention} ${needs.length}`), ...(rows.length ? rows : [made("p", "wall-calm", words.calm)])];
  }

  /** @param {Wire.WallChanges} changes */
  changes(changes) {
    const { words } = this.document;
    const counts = made("div", "wall-lights");
    for (const direction of /** @type {const} */ (["worse", "better", "moved"])) {
      const cell = made("div", `wall-light ${direction}`);
      cell.append(made("b", "", String(changes.counts[direction])), made("span", "", words[direction]));
      counts.append(cell);
    }
    const rows = this.some(changes.rows, ROWS, (one) => {
      const row = made("article", `wall-row ${one.light}`);
      row.append(made("b", "", one.title), made("p", "", one.moves));
      return row;
    });
    return [made("h2", "", fill(words.changes, { time: changes.since })), counts, ...rows];
  }

  curve() {
    const { words, curve, day } = this.document;
    return [made("h2", "", words.curve), made("p", "wall-sentence", curve.sentence), drawCurve(curve, words, day)];
  }

  tick() {
    const { document: shown, state } = this;
    if (!shown) return;
    this.clock.textContent = this.spellInstant(new Date());
    const passed = shown.over ? 0 : Math.floor((Date.now() - this.heardAt) / 60000);
    const minutes = state.ageMinutes === null ? null : state.ageMinutes + passed;
    this.age.textContent = minutes === null ? shown.words.noReport : fill(shown.words.age, { time: this.spell(minutes) });
    this.age.classList.toggle("stale", minutes !== null && minutes >= shown.staleMinutes);
  }

  /** @param {Date} instant */
  spellInstant(instant) {
    return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: this.document.tz }).format(instant);
  }

  /** @param {number} minutes */
  spell(minutes) {
    const { words } = this.document;
    if (minutes < 60) return fill(words.minutes, { n: minutes });
    return minutes < 48 * 60 ? fill(words.hours, { n: Math.floor(minutes / 60) }) : fill(words.days, { n: Math.floor(minutes / 1440) });
  }

  say() {
    const words = this.document?.words;
    const offline = this.failures >= OFFLINE_AFTER;
    const stale = this.state?.staleSince;
    const since = offline ? this.since : stale ? new Date(stale) : undefined;
    this.banner.hidden = !since || !words;
    if (since && words) this.banner.textContent = fill(offline ? words.offline : words.stale, { time: this.spellInstant(since) });
  }

  /** Move everything by a few pixels now and then, so that nothing burns in. */
  shift() {
    this.shifted = (this.shifted + 1) % SHIFTS_PX.length;
    const [x, y] = SHIFTS_PX[this.shifted];
    this.frame.style.transform = `translate(${x}px, ${y}px)`;
  }
}
