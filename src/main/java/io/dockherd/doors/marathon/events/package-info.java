/**
 * What happens to apps, in the words of Marathon's event stream. The way in is {@link
 * io.dockherd.doors.marathon.events.EventFeed}.
 */
package io.dockherd.doors.marathon.events;
