/**
 * Calls that turn the caller's connection into a two-way stream with an engine: attach, exec start,
 * and a builder's session.
 */
package io.dockherd.doors.docker.hijacks;
