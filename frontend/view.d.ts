// What modules of the front-end hand to each other, and what the page keeps for them.

declare namespace View {
  type Scene = import("./scene.js").Scene;
  type Space = import("./labels.js").Space;
  type Pixel = { x: number; y: number };
  /** Left, top, right, bottom in pixels of the layer. */
  type Box = [left: number, top: number, right: number, bottom: number];
  type LabelPlace = Pixel & { align: "left" | "center" | "right" };

  /** What Streamlit calls a module with; `Sent` names its triggers and what each carries. */
  interface Component<Data, Sent = Record<string, never>> {
    data: Data;
    parentElement: HTMLElement;
    setTriggerValue<Name extends keyof Sent & string>(name: Name, value: Sent[Name]): void;
  }
  interface MapSent {
    picked: { id: string | null };
    placed: { lon: number; lat: number };
    point: { id: string };
    themed: { theme: Wire.Theme };
    view: SavedView;
    cleared: Record<string, never>;
  }
  type SavedView = { remove: string } | { name: string; rule: Wire.Rule; selected: string | null; bounds: string };
  type MapComponent = Component<Wire.MapData, MapSent>;
  type ListComponent = Component<Wire.ListData, { picked: { id: string | null } }>;
  type TimeComponent = Component<Wire.TimeData, { moved: { day: string } }>;
  type LiveComponent = Component<Wire.LiveData, { changed: { version: number } }>;
  type LocateComponent = Component<Wire.LocateData, { located: Located }>;
  type NearComponent = Component<Wire.NearData, { walked: { on: boolean; ids: string[] } }>;

  /** Where the device is, or why nobody knows. */
  type Located = { lon: number; lat: number; accuracy_m: number; error?: undefined } | { error: string };

  interface Documents {
    style: Wire.Style;
    features: Wire.Features;
    board: Wire.Board;
    words: Wire.Words;
  }

  /** A feature on the map: its lines and areas, and the marker that carries its symbol. */
  interface Item {
    layers: L.Polyline<any>[];
    marker: L.CircleMarker | null;
  }
  /** What a scene draws: documents, what of them is shown, and how. */
  interface State {
    style: Wire.Style;
    features: Wire.Drawn;
    lights: Wire.Light[];
    shown: ArrayLike<number>;
    lang: Wire.Lang;
    selected: string | null;
    theme: Wire.Theme;
    board?: Wire.Board;
    marks?: Record<string, Wire.Direction>;
    rungs?: (string | undefined)[];
    linked?: string[];
  }
  interface SymbolEntry {
    i: number;
    symbol: Wire.Symbol;
    urgency: number;
    point: L.Point;
    radius: number;
    small: boolean;
  }
  interface Label {
    i: number;
    text: string;
    glyph: string;
    glyphColour: string;
    colour: string;
    size: number;
    weight: number;
    rank: number;
    places: () => LabelPlace[];
  }
  interface PlacedLabel {
    i: number;
    text: string;
    box: Box;
  }
  type Mark = Wire.Mark & { name: Wire.Direction; rank: number };
  type Trace = (path: Path2D, layer: L.Polyline) => void;

  // Reports that wait in the browser

  interface Photo {
    name: string;
    type: string;
    bytes: ArrayBuffer;
  }
  interface Draft {
    key: string;
    author: string;
    written_at: string;
    choice: Wire.Choice;
    fields: Partial<Wire.ReportFields> & { status: string };
    photos: Photo[];
    place?: Wire.Spot | null;
    state: Wire.DraftState;
    message: string;
    newest: Wire.Newest | null;
    current?: number;
  }
}

interface HTMLElement {
  oneMapModule?: Promise<{ show(component: unknown): void; leave?(host: HTMLElement): void }>;
}
interface Window {
  oneMapLeaflet?: Promise<void>;
  oneMap?: import("./map.js").MapView;
  oneMapTime?: import("./time.js").TimeView;
  oneMapWall?: import("./wall.js").Wall;
  /** The map of a page that is one file. */
  oneMapPage?: { map: L.Map; view: import("./single.js").SingleMap; features: number };
  oneMapOutbox?: import("./outbox_view.js").OutboxView;
}

/** Folium's script, in a page that is one file. */
declare function describedMap(): { map: L.Map; layers: Record<string, L.GeoJSON> };
