/** Hands a file to the reader. */

export function save(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

const PRESENTATION = [
  'fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-family', 'font-size', 'font-weight',
  'text-anchor',
];

/** The drawing as a PNG: computed styles become attributes, because an image has no style sheet. */
export async function savePicture(svg: SVGSVGElement, name: string): Promise<void> {
  const clone = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  for (const [index, copy] of [clone, ...clone.querySelectorAll('*')].entries()) {
    const style = getComputedStyle(originals[index] as Element);
    copy.removeAttribute('style');
    copy.removeAttribute('class');
    for (const property of PRESENTATION) copy.setAttribute(property, style.getPropertyValue(property));
  }
  const { width, height } = svg.getBoundingClientRect();
  clone.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  clone.setAttribute('width', String(width));
  clone.setAttribute('height', String(height));
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(clone)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * 2;
    canvas.height = height * 2;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This browser gives no canvas');
    context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--pane');
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('This browser made no picture');
    save(name, blob, 'image/png');
  } finally {
    URL.revokeObjectURL(url);
  }
}
