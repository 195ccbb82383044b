// Draw a thin halo around the lines whose works collide with those of the selected feature.

const OPACITY = 0.6;

/**
 * Below the cores of the lines, so that their lights stay what is seen first.
 * @param {View.Scene} scene
 * @param {CanvasRenderingContext2D} ctx
 */
export function drawLinked(scene, ctx) {
  const { linked, shown, style } = scene.state;
  const path = new Path2D();
  for (const id of linked ?? []) {
    const i = scene.index.get(id);
    if (i !== undefined && shown[i]) path.addPath(scene.pathOf(i));
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
