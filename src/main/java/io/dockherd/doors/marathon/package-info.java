/**
 * The Marathon door: the Marathon REST API for the apps of the herd. The way in is {@link
 * io.dockherd.doors.marathon.MarathonDoor}; docs/marathon.md says what of the API there is.
 */
package io.dockherd.doors.marathon;
