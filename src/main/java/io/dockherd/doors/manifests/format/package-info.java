/**
 * Dokkaa's manifest as people write it, and the app it means; pure. The way in is {@link
 * io.dockherd.doors.manifests.format.ManifestFormat}; docs/manifests.md lists every field.
 */
package io.dockherd.doors.manifests.format;
