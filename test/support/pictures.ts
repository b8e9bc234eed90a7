/** Pictures made on the spot: a photo as a phone takes it, with the position in its EXIF data. */
import sharp from 'sharp';

export async function photo({ withPosition = false, width = 800, height = 600 } = {}): Promise<Buffer> {
  const image = sharp({ create: { width, height, channels: 3, background: { r: 90, g: 120, b: 90 } } }).jpeg();
  if (!withPosition) return image.toBuffer();
  return image
    .withExif({
      IFD0: { Make: 'Telephone', Orientation: '1' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 48/1 1764/100', GPSLongitudeRef: 'E', GPSLongitude: '2/1 7/1 1344/100' },
    })
    .toBuffer();
}
