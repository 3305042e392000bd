/* What a unit needs of cmi5: begin, say something, end. */
"use strict";

const unit = (() => {
  const asked = new URLSearchParams(location.search);
  const endpoint = asked.get("endpoint").replace(/\/+$/, "");
  const actor = JSON.parse(asked.get("actor"));
  const where = { activityId: asked.get("activityId"), registration: asked.get("registration") };
  const BASE = "https://w3id.org/xapi/cmi5/context/";
  const began = Date.now();
  let token = "";
  let told = {};
  let ended = false;

  const send = async (resource, given, more = {}) => {
    const headers = { Authorization: `Basic ${token}`, "X-Experience-API-Version": "1.0.3" };
    if (more.body) headers["Content-Type"] = "application/json";
    const answer = await fetch(`${endpoint}/${resource}?${new URLSearchParams(given)}`, { ...more, headers });
    if (!answer.ok && answer.status !== 404) throw new Error(`${resource}: ${answer.status}`);
    return answer;
  };

  const say = (verb, result) => {
    const context = structuredClone(told.contextTemplate);
    const judging = ["completed", "passed", "failed"].includes(verb);
    context.registration = where.registration;
    context.contextActivities.category = [{ id: `${BASE}categories/cmi5` }];
    if (judging) context.contextActivities.category.push({ id: `${BASE}categories/moveon` });
    if (result?.score && told.masteryScore !== undefined) context.extensions[`${BASE}extensions/masteryscore`] = told.masteryScore;
    const statement = {
      id: crypto.randomUUID?.() ?? ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16)),
      timestamp: new Date().toISOString(),
      actor,
      verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` },
      object: { id: where.activityId },
      context,
    };
    const duration = `PT${((Date.now() - began) / 1000).toFixed(2)}S`;
    if (judging || verb === "terminated") statement.result = { ...result, duration };
    return send("statements", { statementId: statement.id }, { method: "PUT", body: JSON.stringify(statement), keepalive: true });
  };

  const begin = async () => {
    const answer = await (await fetch(asked.get("fetch"), { method: "POST" })).json();
    if (!answer["auth-token"]) throw new Error(answer["error-text"]);
    token = answer["auth-token"];
    const agent = JSON.stringify(actor);
    told = await (await send("activities/state", { ...where, agent, stateId: "LMS.LaunchData" })).json();
    const kept = await send("agents/profile", { agent, profileId: "cmi5LearnerPreferences" });
    const preferences = kept.ok ? await kept.json() : {};
    await say("initialized");
    return { ...told, chinese: !(preferences.languagePreference ?? "zh").startsWith("en") };
  };

  const end = async () => {
    if (ended) return;
    ended = true;
    await say("terminated");
    if (told.returnURL) location.href = told.returnURL;
  };
  const counts = () => told.launchMode === "Normal";
  return { begin, say, end, counts, part: asked.get("part") };
})();
