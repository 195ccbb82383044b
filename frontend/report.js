// The form of a report, drawn here and not by the server, so that it works while the connection is down.
import { themeNow } from "./canvas.js";
import { button, element, fill, newKey } from "./dom.js";
import { taken } from "./drafts.js";
import { locate, mayLocate } from "./locate.js";
import { outbox } from "./outbox.js";

const SAVE_MS = 400;
const FRESH_MS = 30000;
const FAR_TEXT_M = 1000;
const PHOTOS_MAX = 9;
const BLOCKED = "blocked";

/** Metres as people say them, in the words of the page. */
export function distanceText(metres, words) {
  if (metres < 10) return fill(words.metres, { n: Math.round(metres) });
  if (metres < FAR_TEXT_M) return fill(words.metres, { n: Math.round(metres / 10) * 10 });
  return fill(words.kilometres, { n: (metres / 1000).toFixed(1) });
}

export class ReportForm {
  constructor() {
    this.sheet = element("dialog", { className: "onemap-sheet onemap-report" });
    this.sheet.addEventListener("cancel", () => this.later());
    document.body.append(this.sheet);
  }

  remove() {
    this.sheet.remove();
  }

  /** Write a new report; the first choice is the nearest project of one's own unit. */
  begin(data, choice) {
    this.data = data;
    const first = choice ?? data.choices[0];
    this.draft = { key: newKey(), author: data.author, photos: [], written_at: new Date().toISOString(), choice: first };
    this.draft.fields = { status: this.usual(first), percent: first.percent, text: "", difficulty_kind: "" };
    this.open();
  }

  /** Go on with a draft, whose task may no longer be among the choices. */
  resume(data, draft) {
    this.data = data;
    const text = draft.fields.text ?? draft.fields.note ?? "";
    this.draft = { ...draft, photos: [...draft.photos], fields: { ...draft.fields, text } };
    const now = data.choices.find(({ task }) => task === draft.choice.task);
    if (now) this.draft.choice = { ...draft.choice, ...now };
    if (draft.state === "conflict") {
      this.draft.key = newKey();
      this.keepDraft().then(() => outbox.discard(draft.key));
    }
    if (!this.move()) this.draft.fields.status = this.usual(this.draft.choice);
    this.open();
  }

  open() {
    this.place = this.draft.place ?? this.data.place;
    this.draw();
    this.sheet.style.colorScheme = themeNow();
    this.sheet.showModal();
    this.refreshPlace();
  }

  /** Where the person stands now, if the browser tells it unasked; the page's place may be some minutes old. */
  async refreshPlace() {
    if (this.draft.place || (this.place && !this.place.device) || !(await mayLocate())) return;
    const found = await locate({ timeout_ms: this.data.timeout_ms, maximumAge: FRESH_MS });
    if (!found.error) this.place = { ...found, datum: this.data.datum, device: true };
  }

  /** Status to begin with: as it is, but begun where it was not. */
  usual({ status, moves }) {
    const wanted = status === "not_started" ? "in_progress" : status;
    return (moves.find((move) => move.status === wanted) ?? moves[0]).status;
  }

  move() {
    return this.draft.choice.moves.find(({ status }) => status === this.draft.fields.status);
  }

  draw() {
    const { words } = this.data;
    this.problem = element("p", { className: "trouble", role: "alert", hidden: true });
    this.sheet.replaceChildren(
      element("header", {}, element("h2", {}, words.report), button("onemap-close", "×", () => this.later(), { "aria-label": words.close })),
      element("div", { className: "fields" }, this.project(), this.far(), this.statuses(), this.percent(), this.kind(), this.text(), this.pictures(), this.problem),
      element("footer", {}, this.camera(), button("onemap-action main send", words.send, () => this.send())),
    );
  }

  project() {
    const { choices, words } = this.data;
    const known = choices.some(({ task }) => task === this.draft.choice.task);
    const every = known ? choices : [this.draft.choice, ...choices];
    const select = element("select", { className: "project", "aria-label": words.project });
    for (const choice of every) {
      const far = choice.distance_m == null ? "" : ` · ${distanceText(choice.distance_m, words)}`;
      const option = element("option", { value: choice.task }, `${choice.glyph} ${choice.name || choice.task}${far} · ${choice.title}`);
      option.selected = choice.task === this.draft.choice.task;
      select.append(option);
    }
    select.onchange = () => {
      const choice = every.find(({ task }) => task === select.value);
      Object.assign(this.draft, { choice });
      Object.assign(this.draft.fields, { status: this.usual(choice), percent: choice.percent });
      this.changed();
      this.draw();
    };
    return element("label", { className: "wide" }, select, element("span", { className: "soft", dir: "auto" }, `${this.draft.choice.task} ${this.draft.choice.title}`));
  }

  far() {
    const { words, far_m } = this.data;
    const beyond = (this.draft.choice.distance_m ?? 0) - (this.place?.accuracy_m ?? 0);
    return beyond > far_m ? element("p", { className: "soft far" }, fill(words.far, { far: distanceText(beyond, words) })) : null;
  }

  statuses() {
    const group = element("div", { className: "chips", role: "radiogroup", "aria-label": this.data.words.status });
    for (const { status } of this.draft.choice.moves) {
      const chosen = status === this.draft.fields.status;
      const chip = button("chip", this.data.words.statuses[status], () => {
        this.draft.fields.status = status;
        this.changed();
        this.draw();
      });
      chip.setAttribute("role", "radio");
      chip.setAttribute("aria-checked", String(chosen));
      group.append(chip);
    }
    return group;
  }

  percent() {
    const [least, most] = this.move().percents;
    const { fields } = this.draft;
    fields.percent = Math.min(Math.max(Number(fields.percent), least), most);
    if (least === most) return null;
    const shown = element("output", {}, `${fields.percent}%`);
    const range = element("input", { type: "range", min: least, max: most, value: fields.percent, "aria-label": this.data.words.percent });
    range.oninput = () => {
      fields.percent = Number(range.value);
      shown.textContent = `${range.value}%`;
      this.changed();
    };
    return element("label", { className: "percent" }, range, shown);
  }

  kind() {
    if (this.draft.fields.status !== BLOCKED) return null;
    const { words } = this.data;
    const select = element("select", { className: "kind", "aria-label": words.kind }, element("option", { value: "" }, `${words.kind} …`));
    for (const [value, text] of Object.entries(words.kinds)) select.append(element("option", { value }, text));
    select.value = this.draft.fields.difficulty_kind;
    select.onchange = () => {
      this.draft.fields.difficulty_kind = select.value;
      this.changed();
    };
    return select;
  }

  text() {
    const { words } = this.data;
    const hint = this.draft.fields.status === BLOCKED ? words.difficulty : words.note;
    const field = element("textarea", { rows: 3, placeholder: hint, "aria-label": hint, maxLength: 4000, value: this.draft.fields.text });
    field.oninput = () => {
      this.draft.fields.text = field.value;
      this.changed();
    };
    return field;
  }

  pictures() {
    this.strip = element("div", { className: "pictures" });
    this.drawPictures();
    return this.strip;
  }

  drawPictures() {
    for (const old of this.addresses ?? []) URL.revokeObjectURL(old);
    this.addresses = this.draft.photos.map(({ bytes, type }) => URL.createObjectURL(new Blob([bytes], { type })));
    const { words } = this.data;
    this.strip.replaceChildren(...this.draft.photos.map((photo, at) => {
      const away = button("away", "×", () => {
        this.draft.photos.splice(at, 1);
        this.changed();
        this.drawPictures();
      }, { "aria-label": words.removePhoto });
      return element("figure", {}, element("img", { src: this.addresses[at], alt: photo.name }), away);
    }));
  }

  camera() {
    const input = element("input", { type: "file", accept: "image/*", className: "camera" });
    input.setAttribute("capture", "environment");
    input.onchange = async () => {
      const files = [...input.files].slice(0, PHOTOS_MAX - this.draft.photos.length);
      this.reading = Promise.all(files.map(taken));
      this.draft.photos.push(...await this.reading);
      input.value = "";
      this.changed();
      this.drawPictures();
    };
    return element("label", { className: "onemap-action shoot" }, input, element("span", {}, `◉ ${this.data.words.photo}`));
  }

  /** Keep what was written so far, a moment after the last change. */
  changed() {
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.keepDraft(), SAVE_MS);
  }

  keepDraft() {
    clearTimeout(this.saving);
    return outbox.save({ ...this.draft, state: "writing", message: "", newest: null });
  }

  /** Close the form; what was written stays in the outbox. */
  later() {
    this.sheet.close();
    clearTimeout(this.saving);
    const { fields, photos } = this.draft;
    if (fields.text || photos.length || outbox.drafts.some(({ key }) => key === this.draft.key)) this.keepDraft();
  }

  async send() {
    await this.reading;
    clearTimeout(this.saving);
    const problem = this.missing();
    this.problem.hidden = !problem;
    this.problem.textContent = problem;
    if (problem) return;
    this.sheet.close();
    this.draft.written_at = new Date().toISOString();
    await outbox.send({ ...this.draft, place: this.place ?? null, fields: this.finished() });
  }

  /** What the server would ask for; it checks everything again. */
  missing() {
    const { demands } = this.move();
    const { words } = this.data;
    if (demands.includes("difficulty_kind") && !this.draft.fields.difficulty_kind) return words.needsKind;
    if ((demands.includes("difficulty") || demands.includes("note")) && !this.draft.fields.text.trim()) return words.needsText;
    return "";
  }

  finished() {
    const { fields, choice, written_at } = this.draft;
    const blocked = fields.status === BLOCKED;
    const asksNote = this.move().demands.includes("note");
    const { lon = "", lat = "", accuracy_m = "", datum = "wgs84" } = this.place ?? {};
    return {
      text: fields.text,
      task: choice.task,
      feature: this.place ? choice.feature : "",
      status: fields.status,
      percent: String(fields.percent),
      note: blocked && !asksNote ? "" : fields.text,
      difficulty_kind: blocked ? fields.difficulty_kind : "",
      difficulty: blocked ? fields.text : "",
      suggestion: "",
      written_at,
      based_on: String(choice.based_on),
      lang: this.data.lang,
      lon: String(lon), lat: String(lat), accuracy_m: String(accuracy_m ?? ""), datum,
    };
  }
}
