/**
 * The actions themselves, each with its names, fields and limit. Way in: {@link
 * io.dockherd.doors.actions.verbs.Catalog}.
 */
package io.dockherd.doors.actions.verbs;
