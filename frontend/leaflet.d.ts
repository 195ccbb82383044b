// What Leaflet 1.9 keeps to itself and the scene reads or replaces.
import "leaflet";

declare module "leaflet" {
  interface Polyline {
    _parts: Point[][] | undefined;
    _pxBounds?: Bounds;
    _containsPoint(point: Point): boolean;
    closestLayerPoint(point: Point): (Point & { distance: number }) | null;
  }
  interface CircleMarker {
    _point: Point;
  }
  interface Map {
    _animatingZoom?: boolean;
  }
  interface Renderer {
    _bounds: Bounds;
    _ctx: CanvasRenderingContext2D;
    _requestRedraw(): void;
  }
}
