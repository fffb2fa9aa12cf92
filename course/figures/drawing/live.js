// The page's half of a dial's connection: few questions on their way, and only the newest one waits.
const MOST = 3, LOST = 3000;

export default {
  initialize({ model }) {
    const dial = model.get("dial"), dials = (window.courseDials ??= {});
    const line = (dials[dial] ??= { players: new Set() });
    let open = 0, asked = 0, next = null;
    const ask = (places) => {
      if (Date.now() - asked > LOST) open = 0;
      if (open >= MOST) { next = places; return true; }
      [open, asked, next] = [open + 1, Date.now(), null];
      // After a restart of the kernel nobody is there to be asked.
      try { model.send({ places }); } catch { line.ask = null; }
      return line.ask === ask;
    };
    model.on("msg:custom", (drawn) => {
      open = Math.max(open - 1, 0);
      for (const player of line.players) player.redrawn(drawn);
      if (next) ask(next);
    });
    line.ask = ask;
    for (const player of line.players) player.ask();
    // The players stay, for the next connection; a newer one keeps its own.
    return () => { if (line.ask === ask) line.ask = null; };
  },
};
