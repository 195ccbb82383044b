// Every document that crosses the wire, as the browser reads it. tests/integration/server/test_wire_types.py writes the documents
// that Python makes as TypeScript and has the compiler hold them against these types: a field that is missing, new or of
// another type on either side fails there.

declare namespace Wire {
  type Lang = "zh" | "en";
  type Theme = "light" | "dark";
  type Light = "red" | "yellow" | "green" | "done" | "none";
  type Direction = "worse" | "better" | "moved";
  /** Longitude and latitude in degrees, in the datum of the document. */
  type Place = [lon: number, lat: number];
  /** West, south, east, north in degrees. */
  type Extent = [west: number, south: number, east: number, north: number];
  type Geometry =
    | { type: "Point"; coordinates: Place }
    | { type: "MultiPoint" | "LineString"; coordinates: Place[] }
    | { type: "MultiLineString" | "Polygon"; coordinates: Place[][] }
    | { type: "MultiPolygon"; coordinates: Place[][][] };

  // style.json

  interface Stroke {
    /** A name of the palette, "light" for the colour of the feature's light, "zone" for the colour of the zone. */
    ink: string;
    /** At zoom 14, in pixels. */
    width: number;
    dash: number[];
    phase: 0 | 1;
  }
  interface Palette {
    inks: Record<string, string>;
    lights: Record<Light, string>;
    marks: Record<Direction, string>;
    zones: string[];
    zoneOpacity: number;
  }
  interface Symbol {
    /** In units of the radius, y downwards; empty for a circle. */
    outline: [x: number, y: number][];
    sign: Record<Lang, string>;
    rank: number;
  }
  interface Mark {
    glyph: string;
    width: number;
    filled: boolean;
    badge: boolean;
  }
  interface Ring {
    width: number;
    dash: number[];
    circles: number;
  }
  interface Style {
    themes: Record<Theme, Palette>;
    /** Most urgent first. */
    lights: Light[];
    /** Strokes by kind/light and kind/light/plausible. */
    classes: Record<string, Stroke[]>;
    context: Record<string, Stroke[]>;
    labels: Record<string, { zoom: number; rank: number }>;
    symbols: Record<string, Symbol>;
    widthByZoom: Record<number, number>;
    symbolRadius: number;
    loudness: Record<Light, number>;
    areaOpacity: number;
    selectedWidth: number;
    linkedWidth: number;
    crowdedParts: number;
    marks: Record<Direction, Mark>;
    markHalo: number;
    quietLight: Light;
    rings: { rungs: Record<string, Ring>; gap: number; radius: number };
    letters: Record<string, Light>;
    /** Of lights that call for somebody. */
    glyphs: Partial<Record<Light, string>>;
    statuses: Record<string, { blocked: boolean; finished: boolean }>;
  }

  // features.{datum}.json

  interface Campaign {
    id: string;
    attribution: Record<Lang, string>;
    sample: boolean;
    staleDays: number;
  }
  /** One entry a feature in every list, in one order. */
  interface Features {
    ids: string[];
    layer: string[];
    kind: string[];
    zh: string[];
    en: string[];
    zoneIds: string[];
    /** Places in zoneIds. */
    zones: number[][];
    plausible: (0 | 1)[];
    sign: string[];
    search: string[];
    unit: Record<string, Record<Lang, string>>;
    campaign: Campaign;
    geometry: Geometry[];
    anchor: Place[];
    context: { kind: string[]; geometry: Geometry[] };
  }

  // board.{day}.json

  /** One entry a task in every list. */
  interface Tasks {
    ids: string[];
    zh: string[];
    en: string[];
    category: string[];
    /** The lead unit first. */
    units: string[][];
    search: string[];
    status: string[];
    percent: number[];
    /** A letter a task. */
    light: string;
    daysLeft: (number | null)[];
    silentDays: (number | null)[];
    difficulty: string[];
    supervision: string[];
  }
  interface Need {
    /** Place of the task on the board. */
    task: number;
    /** A letter. */
    light: string;
    since: string;
    key: string;
    zh: string;
    en: string;
    features: string[];
    reasons: string[];
  }
  interface Figures {
    tasks: number;
    lights: Record<Light, number>;
    statuses: Record<string, number>;
    zones: (number | null)[];
    deadline: number;
    opening: number;
  }
  interface Board {
    /** A letter a feature. */
    lights: string;
    /** Places of the tasks of each feature. */
    tasks: number[][];
    task: Tasks;
    attention: Need[];
    figures: Figures;
    why: Record<Lang, string[]>;
  }

  // words/{lang}.json

  interface Words {
    map: string;
    attention: string;
    all: string;
    isNew: string;
    calm: string;
    loading: string;
    failed: string;
    retry: string;
    clear: string;
    empty: string;
    tiles: string;
    zoomIn: string;
    zoomOut: string;
    home: string;
    sample: string;
    noTask: string;
    overdue: string;
    left: string;
    silent: string;
    today: string;
    difficulty: string;
    statuses: Record<string, string>;
    lights: Record<Light, string>;
    exportAs: string;
    exportMore: string;
    savedViews: string;
    saveView: string;
    viewName: string;
    removeView: string;
    exporting: string;
    exportFailed: string;
    formats: Record<string, string>;
  }

  // Pages that are one file

  /** What of the features a scene draws. */
  type Drawn = Pick<Features, "ids" | "layer" | "kind" | Lang | "zoneIds" | "plausible" | "sign" | "geometry" | "anchor" | "context">;
  interface Standalone {
    style: Style;
    features: Drawn;
    /** What each feature is, and a line for each of its tasks. */
    about: string[];
    tasks: string[][];
    lights: Light[];
    extent: Extent;
    lang: Lang;
    /** As HTML, which Leaflet wants. */
    attribution: string;
  }
  interface PocketWords {
    labels: Record<"locate" | "tap", string>;
    search: string;
    count: string;
    empty: string;
    close: string;
    open: string;
    locating: string;
    tapNow: string;
    there: string;
    within: string;
    way: string;
    metres: string;
    kilometres: string;
    overdue: string;
    left: string;
    today: string;
    difficulty: string;
    /** Eight directions, clockwise from the north. */
    compass: string[];
    /** Metres that somebody walks in a second. */
    speed: number;
    extent: Extent;
    far: number;
    vague: number;
    position: Record<string, string>;
    statuses: Record<string, string>;
    lights: Record<Light, string>;
    glyphs: Record<Light, string>;
    kinds: Record<string, string>;
    apps: string[];
  }
  interface Pocket {
    style: Style;
    words: PocketWords;
    /** Addresses of each feature in the map apps. */
    links: string[][];
    view: Extent;
    lang: Lang;
    features: Features;
    board: Board;
  }

  // What Streamlit hands to each component

  /** The filters; every part that is absent leaves everything in. */
  interface Rule {
    ids?: string[];
    kinds?: string[];
    lights?: Light[];
    zones?: string[];
    categories?: string[];
    units?: string[];
    statuses?: string[];
    text?: string;
    leadOnly?: boolean;
  }
  /** Addresses of the four documents. */
  interface Documents {
    style: string;
    features: string;
    board: string;
    words: string;
  }
  interface Shared extends Documents {
    rule: Rule;
    selected: string | null;
    lang: Lang;
    theme: Theme;
  }
  interface Basemap {
    id: string;
    url: string;
    attribution: string;
    subdomains: string;
    maxZoom: number;
  }
  interface Point {
    lon: number;
    lat: number;
    glyph: string;
    text: string;
    className: string;
    id: string;
    radius_m: number;
  }
  interface Exports {
    views: { name: string; href: string }[];
    maySave: boolean;
  }
  interface MapData extends Shared {
    module?: string;
    script: string;
    leaflet: string;
    basemap: Basemap | null;
    exports?: Exports;
    /** Edges joined by commas, or empty. */
    bounds?: string | null;
    linked?: string[];
    fit?: boolean;
    marks?: Record<string, Direction>;
    points?: Point[];
    placing?: boolean;
    line?: Place[];
    look?: Extent | null;
    twoFingers?: string;
  }
  interface ListData extends Shared {
    module: string;
    /** Address of a swatch, with LIGHT for the light. */
    swatch: string;
  }
  interface TimeData {
    module: string;
    features: string;
    /** Address of a board, with DAY for the day. */
    board: string;
    start: string;
    end: string;
    day: string;
    words: Record<"play" | "pause" | "slider" | "step" | "pace" | "day" | "week" | "speed", string>;
  }
  interface LocateData {
    module: string;
    timeout_ms: number;
    known: boolean;
    words: Record<"locate" | "locating", string>;
  }
  interface LiveData {
    module: string;
    url: string;
    version: number;
    session: string;
    tz: string;
    outbox: OutboxConfig;
    words: Record<"offline" | "stale", string>;
  }
  interface OutboxWords {
    pill: string;
    title: string;
    close: string;
    stored: string;
    sending: string;
    states: Record<DraftState, string>;
    offline: string;
    unkept: string;
    heavy: string;
    foreign: string;
    photos: string;
    newest: string;
    yours: string;
    rebase: string;
    now: string;
    edit: string;
    discard: string;
    sure: string;
    signIn: string;
    statuses: Record<string, string>;
  }
  type DraftState = "writing" | "waiting" | "refused" | "conflict";
  interface OutboxConfig {
    url: string;
    token: string;
    author: string;
    lang: Lang;
    page: string;
    signIn: string;
    words: OutboxWords;
  }
  /** Name and address of a map app. */
  type App = [name: string, url: string];
  interface Move {
    status: string;
    demands: string[];
    percents: [least: number, most: number];
  }
  interface Choice {
    task: string;
    title: string;
    feature: string;
    name: string;
    glyph: string;
    status: string;
    percent: number;
    based_on: number;
    distance_m: number | null;
    moves: Move[];
  }
  interface NearRow {
    feature: string;
    name: string;
    kind: string;
    light: Light;
    lightWord: string;
    glyph: string;
    task: string;
    title: string;
    way: string;
    here: boolean;
    distance_m: number;
    page: string;
    along: string;
    apps: App[];
  }
  interface Stop {
    number: number;
    feature: string;
    name: string;
    glyph: string;
    title: string;
    leg: string;
    apps: App[];
  }
  interface Spot {
    lon: number;
    lat: number;
    accuracy_m: number | null;
    datum: string;
    device: boolean;
  }
  interface NearWords {
    report: string;
    signIn: string;
    mayNot: string;
    round: string;
    openAround: string;
    pick: string;
    list: string;
    clearRound: string;
    ticked: string;
    task: string;
    along: string;
    metres: string;
    kilometres: string;
    close: string;
    project: string;
    status: string;
    percent: string;
    kind: string;
    difficulty: string;
    note: string;
    photo: string;
    removePhoto: string;
    send: string;
    needsKind: string;
    needsText: string;
    far: string;
    statuses: Record<string, string>;
    kinds: Record<string, string>;
  }
  interface NearData {
    module: string;
    lang: Lang;
    day: string;
    author: string;
    signIn: string;
    rows: NearRow[];
    round: { sum: string; stops: Stop[] } | null;
    choices: Choice[];
    empty: string;
    far_m: number;
    timeout_ms: number;
    place: Spot | null;
    datum: string;
    words: NearWords;
  }

  // live/version, live/wall.json

  interface Version {
    version?: number;
    signedOut?: boolean;
    staleSince?: string;
    unavailable?: boolean;
  }
  interface WallZone {
    id: string;
    name: string;
    bounds: Extent;
    late: string[];
  }
  interface WallIncident {
    name: string;
    severity: string;
    text: string;
    drill: boolean;
    lon: number;
    lat: number;
  }
  interface WallChanges {
    since: string;
    counts: Record<Direction, number>;
    rows: { task: string; title: string; direction: Direction; light: Light; moves: string }[];
  }
  interface Curve {
    start: string;
    tasks: number;
    deadline: string;
    opening: string;
    sentence: string;
    planned: (number | null)[];
    finished: (number | null)[];
    low: (number | null)[];
    high: (number | null)[];
  }
  interface WallDocument {
    title: string;
    campaign: string;
    day: string;
    tz: string;
    over: boolean;
    sample: boolean;
    drill: boolean;
    staleMinutes: number;
    map: MapData;
    words: WallWords;
    zones: WallZone[];
    changes: WallChanges | null;
    curve: Curve;
    duty: { post: string; person: string; phone: string }[];
    incidents: WallIncident[];
  }
  type WallWords = Record<
    | "overview" | "attention" | "changes" | "curve" | "late" | "none" | "more" | "calm" | "newRed"
    | "planned" | "finished" | "forecast" | "deadline" | "opening" | "duty" | "worse" | "better" | "moved" | "readiness"
    | "age" | "minutes" | "hours" | "days" | "noReport" | "offline" | "stale" | "sample" | "demonstration" | "asOf" | "drill",
    string
  >;
  interface WallState {
    key: string;
    module: string;
    ageMinutes: number | null;
    staleSince: string | null;
    document?: WallDocument;
  }

  // POST report

  /** What is sent beside key and author, and kept with the draft. */
  interface ReportFields {
    task: string;
    feature: string;
    status: string;
    percent: string;
    note: string;
    difficulty_kind: string;
    difficulty: string;
    suggestion: string;
    text: string;
    written_at: string;
    based_on: string;
    lang: Lang;
    lon: string;
    lat: string;
    accuracy_m: string;
    datum: string;
  }
  interface Newest {
    state?: string;
    note?: string;
    difficulty?: string;
  }
  type ReportAnswer =
    | { stored: true; key: string; seq: number; repeated: boolean }
    | { kind: string; message: string; current?: number; newest?: Newest };
}
