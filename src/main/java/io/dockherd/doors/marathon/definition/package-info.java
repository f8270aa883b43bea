/**
 * What a Marathon app may say: read, brought to one form, completed and checked (pure). The way in
 * is {@link io.dockherd.doors.marathon.definition.Definitions}.
 */
package io.dockherd.doors.marathon.definition;
