/**
 * From a Marathon app to what the herd keeps up, and back (pure). The way in is {@link
 * io.dockherd.doors.marathon.translation.Translation}.
 */
package io.dockherd.doors.marathon.translation;
