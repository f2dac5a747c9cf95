/* The square of a chosen photo (templates/experts/overview/_crop.html): dragged, or moved with keys and sliders. The picture
   is read here and drawn on a canvas; what is sent are three numbers. Without this the middle is taken. */
const template = document.querySelector("template[data-crop]");
const input = document.querySelector('input[type="file"][name="photo"]');

if (template && input && "createImageBitmap" in window) {
  const form = input.form;
  let shown = null;

  const start = (picture) => {
    shown?.remove();
    shown = template.content.firstElementChild.cloneNode(true);
    input.closest(".seen").after(shown);
    const canvas = shown.querySelector("canvas");
    const pen = canvas.getContext("2d");
    const sliders = {};
    for (const slider of shown.querySelectorAll("[data-crop-of]")) sliders[slider.dataset.cropOf] = slider;

    const square = () => {
      const side = Math.min(picture.width, picture.height) / Number(sliders.zoom.value);
      const place = (part, whole) => Math.min(Math.max(part * whole - side / 2, 0), whole - side);
      return { side, left: place(Number(sliders.x.value), picture.width), top: place(Number(sliders.y.value), picture.height) };
    };
    const draw = () => {
      const { side, left, top } = square();
      pen.clearRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
      for (const name of ["x", "y", "zoom"]) form.elements[`crop_${name}`].value = sliders[name].value;
    };
    /* From the square that is shown, so that nobody has to drag back what lies beyond the edge. */
    const move = (right, down) => {
      const { side, left, top } = square();
      sliders.x.value = (left + side / 2 + right * side) / picture.width;
      sliders.y.value = (top + side / 2 + down * side) / picture.height;
      draw();
    };
    const nearer = (step) => {
      sliders.zoom.value = Number(sliders.zoom.value) + step;
      draw();
    };
    const keys = {
      ArrowLeft: () => move(-0.05, 0),
      ArrowRight: () => move(0.05, 0),
      ArrowUp: () => move(0, -0.05),
      ArrowDown: () => move(0, 0.05),
      "+": () => nearer(0.1),
      "-": () => nearer(-0.1),
    };
    canvas.addEventListener("keydown", (event) => {
      if (!keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    });
    canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
    canvas.addEventListener("pointermove", (event) => {
      if (event.buttons) move(-event.movementX / canvas.clientWidth, -event.movementY / canvas.clientHeight);
    });
    for (const slider of Object.values(sliders)) slider.addEventListener("input", draw);
    draw();
  };

  input.addEventListener("change", async () => {
    const [file] = input.files;
    try {
      if (file) start(await createImageBitmap(file));
    } catch {
      shown?.remove(); /* the server says what is wrong with it */
    }
  });
}
