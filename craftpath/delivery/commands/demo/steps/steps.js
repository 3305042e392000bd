/* An exercise for H5P: put the steps of a job into their order by pressing them one after the other. */
"use strict";

var H5P = H5P || {};

H5P.Steps = (function () {
  function Steps(params, id) {
    H5P.EventDispatcher.call(this);
    this.params = params;
    this.contentId = id;
  }
  Steps.prototype = Object.create(H5P.EventDispatcher.prototype);
  Steps.prototype.constructor = Steps;

  Steps.prototype.attach = function ($container) {
    var own = this, right = this.params.steps, chosen = [];
    var box = document.createElement("div");
    box.className = "steps";
    $container.get(0).append(box);
    var mixed = right.map(function (_, n) { return (n * 3 + 2) % right.length; });
    var draw = function () {
      box.replaceChildren();
      var told = document.createElement("p");
      told.textContent = own.params.task;
      box.append(told);
      mixed.forEach(function (n) {
        var button = document.createElement("button");
        var at = chosen.indexOf(n);
        button.type = "button";
        button.textContent = (at < 0 ? "　" : at + 1 + "　") + right[n];
        button.disabled = at >= 0;
        button.onclick = function () { chosen.push(n); draw(); };
        box.append(button);
      });
      if (chosen.length === right.length) end();
      window.setTimeout(function () { own.trigger("resize"); }, 50); // once the page has its measure
    };
    var end = function () {
      var score = chosen.filter(function (n, place) { return n === place; }).length;
      var said = document.createElement("p");
      said.className = "steps-end";
      said.textContent = score === right.length ? own.params.good : own.params.again.replace("%", score);
      box.append(said);
      own.triggerXAPIScored(score, right.length, "completed", true, score === right.length);
    };
    draw();
  };
  return Steps;
})();
