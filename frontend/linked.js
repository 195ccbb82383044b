// Draw a thin halo around the lines whose works collide with those of the selected feature.

const OPACITY = 0.6;

/** Below the cores of the lines, so that their lights stay what is seen first. */
export function drawLinked(scene, ctx, trace) {
  const { linked, shown, style } = scene.state;
  const path = new Path2D();
  for (const id of linked ?? []) {
    const i = scene.index.get(id);
    if (i === undefined || !shown[i]) continue;
    for (const layer of scene.items[i].layers) if (layer._parts) trace(path, layer);
  }
  ctx.save();
  ctx.setLineDash([]);
  ctx.lineCap = "round";
  ctx.globalAlpha = OPACITY;
  ctx.strokeStyle = scene.palette.inks.accent;
  ctx.lineWidth = style.linkedWidth * Math.max(scene.scale, 0.8);
  ctx.stroke(path);
  ctx.restore();
}
