// How the canvas is inked: hatching for no data, dots for modelled evidence, shapes for operators.
// Runs between Leaflet and the map, so that every layer is drawn with it.
(() => {
  "use strict";

  const STEP = 6;
  const SHAPES = {
    triangle: { sides: 3, turn: -90 },
    wedge: { sides: 3, turn: 90 },
    square: { sides: 4, turn: 45 },
    diamond: { sides: 4, turn: 0 },
    pentagon: { sides: 5, turn: -90 },
    hexagon: { sides: 6, turn: 0 },
    octagon: { sides: 8, turn: 22.5 },
    cross: { sides: 4, turn: 0, waist: 0.3 },
    star: { sides: 5, turn: -90, waist: 0.45 },
  };
  const patterns = {};

  function drawTile(texture) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = STEP;
    const pen = tile.getContext("2d");
    if (texture === "hatch") {
      pen.strokeStyle = "rgba(45, 52, 60, 0.55)";
      pen.lineWidth = 1;
      pen.beginPath();
      for (const shift of [-STEP, 0, STEP]) {
        pen.moveTo(shift, STEP);
        pen.lineTo(shift + STEP, 0);
      }
      pen.stroke();
    } else {
      pen.fillStyle = "rgba(20, 32, 43, 0.6)";
      pen.fillRect(1, 1, 1.2, 1.2);
      pen.fillStyle = "rgba(255, 255, 255, 0.6)";
      pen.fillRect(2.2, 2.2, 1, 1);
    }
    return tile;
  }

  function textureOf(pen, texture) {
    patterns[texture] = patterns[texture] || pen.createPattern(drawTile(texture), "repeat");
    return patterns[texture];
  }

  function traceShape(pen, shape, x, y, radius) {
    const { sides, turn, waist } = SHAPES[shape];
    const points = waist ? 2 * sides : sides;
    for (let i = 0; i < points; i += 1) {
      const reach = waist && i % 2 ? radius * waist : radius;
      const angle = ((turn + (360 * i) / points) * Math.PI) / 180;
      pen.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
    }
    pen.closePath();
  }

  const plainFill = L.Canvas.prototype._fillStroke;
  L.Canvas.include({
    _fillStroke(pen, layer) {
      plainFill.call(this, pen, layer);
      const { texture } = layer.options;
      if (!texture) return;
      pen.globalAlpha = 1;
      pen.fillStyle = textureOf(pen, texture);
      pen.fill("evenodd");
    },
    _updateMark(layer) {
      if (!this._drawing || layer._empty()) return;
      this._ctx.beginPath();
      traceShape(this._ctx, layer.options.shape, layer._point.x, layer._point.y, layer._radius);
      this._fillStroke(this._ctx, layer);
    },
  });

  // A point in one of the shapes, hit and sized as a circle.
  L.Mark = L.CircleMarker.extend({
    _updatePath() {
      this._renderer._updateMark(this);
    },
  });

  // The same shapes and textures as a picture for the legend.
  L.drawSample = (canvas, { shape, fill, line, texture, dash }) => {
    const pen = canvas.getContext("2d");
    const { width, height } = canvas;
    pen.clearRect(0, 0, width, height);
    pen.beginPath();
    if (shape === "line") {
      pen.moveTo(1, height / 2);
      pen.lineTo(width - 1, height / 2);
    } else if (shape === "circle") pen.arc(width / 2, height / 2, height / 2 - 2, 0, 2 * Math.PI);
    else if (shape) traceShape(pen, shape, width / 2, height / 2, height / 2 - 1);
    else pen.rect(0.5, 0.5, width - 1, height - 1);
    if (fill) {
      pen.fillStyle = fill;
      pen.fill();
    }
    if (texture) {
      pen.fillStyle = textureOf(pen, texture);
      pen.fill();
    }
    pen.setLineDash(dash || []);
    pen.strokeStyle = line || "#4b5563";
    pen.lineWidth = shape === "line" ? 2.5 : 1;
    pen.stroke();
  };
})();
