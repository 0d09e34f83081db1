// What the page may do with a map that stands.

return {
  follow,
  move: (centre, zoom) => map.setView(centre, zoom, { animate: false }),
  remove: () => {
    watching.disconnect();
    map.remove();
  },
};
