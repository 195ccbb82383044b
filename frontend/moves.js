// What a report may change and must say; the server checks everything again.

/** @typedef {Pick<View.Draft, "choice" | "fields" | "written_at">} Written */

/**
 * Status to begin with: as it is, but begun where it was not.
 * @param {Pick<Wire.Choice, "status" | "moves">} choice
 */
export function usual({ status, moves }) {
  const wanted = status === "not_started" ? "in_progress" : status;
  return (moves.find((move) => move.status === wanted) ?? moves[0]).status;
}

/**
 * The move to the status that was chosen.
 * @param {Pick<Written, "choice" | "fields">} draft
 */
export function moveOf({ choice, fields }) {
  return choice.moves.find(({ status }) => status === fields.status);
}

/**
 * Whether the chosen status asks what stands in the way.
 * @param {Pick<Written, "choice" | "fields">} draft
 */
export const asksDifficulty = (draft) => Boolean(moveOf(draft)?.demands.includes("difficulty_kind"));

/**
 * What the server would ask for; empty where nothing is missing.
 * @param {Pick<Written, "choice" | "fields">} draft
 * @param {{needsKind: string, needsText: string}} words
 */
export function missing({ choice, fields }, words) {
  const demands = moveOf({ choice, fields })?.demands ?? [];
  if (demands.includes("difficulty_kind") && !fields.difficulty_kind) return words.needsKind;
  if ((demands.includes("difficulty") || demands.includes("note")) && !fields.text?.trim()) return words.needsText;
  return "";
}

/**
 * The fields of the form as the server reads them.
 * @param {Written} draft
 * @param {Wire.Spot | null} place where the person stands
 * @param {Wire.Lang} lang
 * @returns {Wire.ReportFields}
 */
export function finished({ choice, fields, written_at }, place, lang) {
  const { status, text = "", percent = "", difficulty_kind = "" } = fields;
  const blocked = asksDifficulty({ choice, fields });
  const asksNote = moveOf({ choice, fields })?.demands.includes("note");
  return {
    text,
    task: choice.task,
    feature: place ? choice.feature : "",
    status,
    percent,
    note: blocked && !asksNote ? "" : text,
    difficulty_kind: blocked ? difficulty_kind : "",
    difficulty: blocked ? text : "",
    suggestion: "",
    written_at,
    based_on: String(choice.based_on),
    lang,
    lon: String(place?.lon ?? ""),
    lat: String(place?.lat ?? ""),
    accuracy_m: String(place?.accuracy_m ?? ""),
    datum: place?.datum ?? "wgs84",
  };
}
