/**
 * Templates for containers: documents in Docker's create syntax with variables, from files every
 * node reads and from records every node knows, and the rules by which a request changes them. Way
 * in: {@link io.dockherd.doors.actions.templates.Templates}; the rules are pure.
 */
package io.dockherd.doors.actions.templates;
