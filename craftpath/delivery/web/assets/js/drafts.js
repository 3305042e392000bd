/* The figure beside a slider of weights follows the thumb. Without script the figure is that of the last answer. */
"use strict";

for (const output of document.querySelectorAll("output[data-of]")) {
  const slider = document.getElementById(output.dataset.of);
  const show = () => {
    output.value = slider.value;
  };
  slider.addEventListener("input", show);
  show();
}
