/**
 * The apps over HTTP, {@code /v1/…}: JSON in and out, docs/apps-api.md has every call. Way in:
 * {@link io.dockherd.doors.apps.AppsDoor}, mounted on the actions door's listener.
 */
package io.dockherd.doors.apps;
