/**
 * Apps that stay up: what people want to run, kept by the herd itself. The way in is {@link
 * io.dockherd.apps.Apps}; docs/apps.md says what it promises. Knows the fleet and what is below it,
 * nothing of doors.
 */
package io.dockherd.apps;
