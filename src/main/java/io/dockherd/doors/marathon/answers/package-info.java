/** What the Marathon door answers: apps, tasks, deployments, groups, the queue, as JSON (pure). */
package io.dockherd.doors.marathon.answers;
