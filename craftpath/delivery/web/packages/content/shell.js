/* Plays one part of a package. The site tells what to play and what was kept; what the package saves goes back to it.

   This page and the package are of one origin, so a package may do here what it likes: all that comes from here is a
   claim, and the site takes it as one. Nothing of the site can be reached: it is of another origin, and only spoken to. */
"use strict";

(() => {
  const site = document.currentScript.dataset.site;
  const base = new URL("../", location.href); // the package's own folder
  const began = performance.now();
  const KEEP = 5; // seconds after a change until it is kept without being asked
  const AGAIN = 300; // ms until the site is called once more
  let nonce = "";
  let running = null; // the run-time of SCORM
  let frame = null;

  const tell = (kind, more = {}) => window.parent.postMessage({ craftpath: 1, kind, nonce, ...more }, site);
  const spent = () => Math.round((performance.now() - began) / 1000);
  const keep = (data, seconds, final = false) => tell("commit", { data: JSON.parse(JSON.stringify(data)), seconds, final });

  const load = (name) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = name;
      script.onload = resolve;
      script.onerror = () => reject(new Error(name));
      document.head.append(script);
    });

  const open = (launch) => {
    frame = document.createElement("iframe");
    frame.className = "part";
    frame.title = launch.title;
    frame.allow = "fullscreen; autoplay";
    frame.src = new URL(launch.file.split("/").map(encodeURIComponent).join("/") + launch.tail, base);
    document.body.append(frame);
  };

  /* The run-time hands over what is to be sent instead of sending it itself: this origin may speak to nobody. */
  const settings = {
    autocommit: true,
    autocommitSeconds: KEEP,
    lmsCommitUrl: "site",
    alwaysSendTotalTime: true,
    renderCommonCommitFields: true,
    mastery_override: true,
    logLevel: 5,
    httpService: {
      updateSettings() {},
      processHttpRequest(_url, object, _now, _log, _listeners, about) {
        keep({ cmi: object.runtimeData.cmi }, object.totalTimeSeconds || 0, Boolean(about?.isTerminateCommit));
        return { result: "true", errorCode: 0 };
      },
    },
  };

  const scorm = async (launch) => {
    await load("scorm-again.min.js");
    const old = launch.how === "scorm12";
    running = old ? new window.Scorm12API(settings) : new window.Scorm2004API(settings);
    running.loadFromJSON(launch.cmi, "cmi");
    window[old ? "API" : "API_1484_11"] = running;
    open(launch);
  };

  /* Some browsers give a frame of another site no storage, and throw where it is asked for; H5P stops there. What is
     put into this one lasts as long as the page, and what is to be kept goes to the site anyway. */
  const lend = (view) => {
    try {
      if (view.localStorage) return;
    } catch {
      const held = new Map();
      const lent = {
        getItem: (name) => held.get(String(name)) ?? null,
        setItem: (name, value) => held.set(String(name), String(value)),
        removeItem: (name) => held.delete(String(name)),
        clear: () => held.clear(),
      };
      Object.defineProperty(view, "localStorage", { value: lent, configurable: true });
    }
  };
  const lendAll = () => [window, ...[...document.querySelectorAll("iframe")].map((one) => one.contentWindow)].forEach(lend);

  const h5p = async (launch) => {
    new MutationObserver(lendAll).observe(document.body, { childList: true, subtree: true });
    lendAll();
    const element = document.createElement("div");
    document.body.append(element);
    await load("h5p/main.bundle.js");
    const id = "part";
    const own = new URL("./h5p/", location.href);
    let kept = launch.data.state ?? "";
    let result = launch.data.result ?? {};
    await new window.H5PStandalone.H5P(element, {
      id,
      h5pJsonPath: base.href.replace(/\/$/, ""),
      frameJs: new URL("frame.bundle.js", own).href,
      frameCss: new URL("styles/h5p.css", own).href,
      icon: false,
      saveFreq: KEEP,
      contentUserData: kept ? [{ dataType: "state", previousState: kept, subContentId: "0" }] : [],
    });
    window.H5P.externalDispatcher.on("xAPI", (event) => {
      const said = event.data?.statement;
      if (!said?.result || said.context?.contextActivities?.parent) return; // a question within it
      result = { completion: said.result.completion, success: said.result.success, score: said.result.score };
      keep({ result, state: kept }, spent());
    });
    keep({ result, state: kept }, 0);
    window.setInterval(() => {
      const held = window.H5PIntegration?.contents?.[`cid-${id}`]?.contentUserData?.[0]?.state;
      if (typeof held !== "string" || held === kept || held === "RESET") return;
      kept = held;
      keep({ result, state: kept }, spent());
    }, KEEP * 1000);
  };

  /* Whoever leaves lets the package say its last words: most of them do so as their page is taken away. */
  const leave = () => {
    const end = () => {
      if (running && running.isInitialized?.()) running.commit?.("Commit");
      tell("left");
    };
    if (!frame) return end();
    frame.addEventListener("load", end, { once: true });
    frame.src = "about:blank";
  };

  const plays = { scorm12: scorm, scorm2004: scorm, h5p, page: async (launch) => open(launch) };

  window.addEventListener("message", (event) => {
    const said = event.data;
    if (event.source !== window.parent || event.origin !== site || said?.craftpath !== 1) return;
    if (said.kind === "launch" && !nonce) {
      nonce = said.nonce;
      plays[said.how](said).catch((fault) => tell("fault", { words: String(fault.message) }));
    } else if (said.kind === "leave" && said.nonce === nonce) leave();
  });
  /* The site's script may begin to listen later than this page is there. */
  const calling = window.setInterval(() => (nonce ? window.clearInterval(calling) : tell("ready")), AGAIN);
  tell("ready");
})();
