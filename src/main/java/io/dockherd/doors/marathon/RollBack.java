package io.dockherd.doors.marathon;

import io.dockherd.apps.AppView;
import io.dockherd.apps.Apps;
import io.dockherd.apps.Change;
import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.ChangeOptions.Expected;
import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppVersion;
import java.util.List;
import java.util.OptionalInt;

/** Going back to a version: its configuration and, as Marathon has it, its number of instances. */
record RollBack(Apps apps, AppView view, AppVersion to) {
  Change perform(ChangeOptions options) {
    App app = view.app();
    if (to.instances() == app.instances()) {
      return apps.rollBack(app.path(), to.revision(), options);
    }
    if (to.revision().equals(app.revision())) {
      return apps.scale(app.path(), to.instances(), options);
    }
    return apps.put(List.of(wanted()), options.expecting(new Expected.At(app.version().stamp())));
  }

  /** The same, as one of several changes. */
  Wanted wanted() {
    App app = view.app();
    return to.revision().equals(app.revision())
        ? Wanted.scaled(app.path(), to.instances())
        : new Wanted(
            app.path(),
            apps.revision(app.path(), to.revision()).config(),
            OptionalInt.of(to.instances()));
  }
}
