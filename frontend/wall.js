// The wall: rotates through its scenes for weeks, asks for what is new, and heals by itself when server or network are gone.
import { drawCurve } from "./curve.js";
import { fill } from "./dom.js";
import { percent } from "./figures.js";
import { leave, show } from "./map.js";
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

/** Called once by the page. */
export function begin(root) {
  window.oneMapWall = new Wall(root);
}

function made(tag, className, text) {
  const node = document.createElement(tag);
  node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

/** What a promise gives, or a failure when that takes too long: a dead connection may never say so. */
function within(ms, promise) {
  return Promise.race([promise, new Promise((_, fail) => setTimeout(() => fail(new Error("no answer in time")), ms))]);
}

class Wall {
  constructor(root) {
    const { lang, speed, theme } = document.body.dataset;
    this.lang = lang;
    this.speed = Number(speed);
    this.theme = theme;
    this.key = "";
    this.failures = 0;
    this.scenes = 0; // how many were shown
    this.at = -1;
    this.frame = made("div", "wall-frame");
    this.head = made("header", "wall-head");
    this.title = made("h1", "");
    this.note = made("span", "wall-note");
    this.age = made("span", "wall-age");
    this.clock = made("time", "wall-clock");
    this.head.append(this.title, this.note, this.age, this.clock);
    this.mapHost = made("div", "wall-map stApp");
    this.mapHost.style.colorScheme = theme;
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

  async heard(state) {
    this.module ??= state.module;
    if (this.module !== state.module) return this.reload(); // a newer program serves now
    this.state = state;
    this.heardAt = Date.now();
    if (!state.document) return;
    const { board, features, style, words } = await within(DOCUMENTS_TIMEOUT_MS, loadAll(state.document.map));
    const before = this.reds;
    this.reds = features.ids.filter((_, i) => style.letters[board.lights[i]] === "red");
    const turned = before ? this.reds.filter((id) => !before.includes(id)) : [];
    this.fresh = [...turned, ...(this.fresh ?? []).filter((id) => this.reds.includes(id) && !turned.includes(id))];
    Object.assign(this, { key: state.key, document: state.document, board, style, lightWords: words.lights });
    const news = [...turned, ...this.newIncidents()];
    this.name();
    if (news.length || this.at < 0) return this.next(news.length ? 0 : undefined);
    this.scene = this.plan()[this.at] ?? { kind: "overview" };
    this.paint();
  }

  /** Incidents that the wall had not heard of before; none of those that it begins with. */
  newIncidents() {
    const known = this.incidents;
    this.incidents = this.document.incidents.map((one) => `${one.name} ${one.lon} ${one.lat} ${one.text}`);
    return known ? this.incidents.filter((one) => !known.includes(one)) : [];
  }

  name() {
    const { title, campaign, sample, over, day, words, drill } = this.document;
    this.title.textContent = title;
    const when = fill(over ? words.demonstration : words.asOf, { day });
    this.note.textContent = [campaign, when, ...(sample ? [words.sample] : [])].join(" · ");
    this.drill.hidden = !drill;
    this.drill.replaceChildren(...Array.from({ length: drill ? 30 : 0 }, () => made("span", "", words.drill)));
  }

  plan() {
    const zones = this.document.zones.map((zone) => ({ kind: "zone", zone }));
    const changes = this.document.changes ? [{ kind: "changes" }] : [];
    return [{ kind: "overview" }, ...zones, { kind: "attention" }, ...changes, { kind: "curve" }];
  }

  /** Show the next scene, or one by its place. */
  next(place) {
    clearTimeout(this.timer);
    const plan = this.plan();
    this.at = place ?? (this.at + 1) % plan.length;
    this.scene = plan[this.at];
    this.scenes += 1;
    const red = this.fresh?.length && (this.scene.kind === "overview" || this.scene.zone?.late.some((id) => this.fresh.includes(id)));
    this.timer = setTimeout(() => this.next(), (SCENE_MS * (red ? RED_FACTOR : 1)) / this.speed);
    this.paint();
    if (this.at === plan.length - 1) this.fresh = [];
  }

  paint() {
    const { kind, zone } = this.scene;
    this.frame.dataset.scene = kind;
    const [chosen] = kind === "overview" ? (this.fresh ?? []) : [];
    const points = this.document.incidents.map((one) => ({ ...one, glyph: "!", text: one.name, className: one.drill ? "incident drill" : "incident" }));
    const data = { ...this.document.map, theme: this.theme, selected: chosen ?? null, points };
    show({ parentElement: this.mapHost, data, setTriggerValue: () => {} });
    window.oneMap.queue.then(() => (window.oneMap.map ? this.look(zone) : leave(this.mapHost))); // the next scene builds it anew
    this.side.replaceChildren(...this[kind](zone));
    this.trim();
  }

  /** Leave out the last rows where there is no room for all, and say how many are missing: none is shown by half. */
  trim() {
    const { side } = this;
    const full = () => side.scrollHeight > side.clientHeight + ROUGH_PX || side.scrollWidth > side.clientWidth + ROUGH_PX;
    const more = side.querySelector(".wall-more");
    const rows = [...side.querySelectorAll(".wall-row, .wall-duty")];
    const count = () => {
      const left = more ? Number(more.dataset.all) - side.querySelectorAll(".wall-row").length : 0;
      if (more) more.hidden = !left;
      if (left) more.textContent = fill(this.document.words.more, { n: left });
      if (!side.querySelector(".wall-duty")) side.querySelector(".wall-posts")?.remove();
    };
    count();
    if (getComputedStyle(side).overflowY === "visible") return; // on a phone the page scrolls
    while (rows.length && full()) {
      rows.pop().remove();
      count();
    }
  }

  look(zone) {
    const { map, extent } = window.oneMap;
    map.invalidateSize({ pan: false });
    const bounds = zone ? [[zone.bounds[1], zone.bounds[0]], [zone.bounds[3], zone.bounds[2]]] : extent;
    map.fitBounds(bounds, { animate: false, padding: [24, 24] });
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
    const fresh = this.fresh?.length ? [made("p", "wall-fresh", words.newRed), ...this.rows(this.fresh)] : [];
    return [made("h2", "", words.overview), ...events, lights, ...fresh, made("h3", "", words.readiness), shares, made("h3", "wall-posts", words.duty), ...people];
  }

  zone(zone) {
    const { words } = this.document;
    const rows = this.rows(zone.late);
    return [made("h2", "", zone.name), made("h3", "", `${words.late} ${zone.late.length}`), ...(rows.length ? rows : [made("p", "wall-calm", words.none)])];
  }

  /** Rows of features that are late, by what the attention list says of their tasks. */
  rows(ids) {
    const needs = this.board.attention.filter((need) => need.features.some((id) => ids.includes(id)));
    return this.some(needs, ROWS, (need) => this.row(need));
  }

  /** The first of what there is, and how many more there are. */
  some(all, room, shown) {
    const more = made("p", "wall-more");
    more.dataset.all = all.length;
    return all.length ? [...all.slice(0, room).map(shown), more] : [];
  }

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

  changes() {
    const { words, changes } = this.document;
    const counts = made("div", "wall-lights");
    for (const direction of ["worse", "better", "moved"]) {
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

  spellInstant(instant) {
    return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: this.document.tz }).format(instant);
  }

  spell(minutes) {
    const { words } = this.document;
    if (minutes < 60) return fill(words.minutes, { n: minutes });
    return minutes < 48 * 60 ? fill(words.hours, { n: Math.floor(minutes / 60) }) : fill(words.days, { n: Math.floor(minutes / 1440) });
  }

  say() {
    const words = this.document?.words;
    const offline = this.failures >= OFFLINE_AFTER;
    const since = offline ? this.since : this.state?.staleSince && new Date(this.state.staleSince);
    this.banner.hidden = !since || !words;
    if (since && words) this.banner.textContent = fill(offline ? words.offline : words.stale, { time: this.spellInstant(since) });
  }

  /** Move everything by a few pixels now and then, so that nothing burns in. */
  shift() {
    this.shifted = ((this.shifted ?? 0) + 1) % SHIFTS_PX.length;
    const [x, y] = SHIFTS_PX[this.shifted];
    this.frame.style.transform = `translate(${x}px, ${y}px)`;
  }
}
