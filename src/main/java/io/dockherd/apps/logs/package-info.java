/**
 * What the containers of apps write, line by line. The way in is {@link
 * io.dockherd.apps.logs.AppLogs}. Knows the fleet and facts, nothing of doors.
 */
package io.dockherd.apps.logs;
