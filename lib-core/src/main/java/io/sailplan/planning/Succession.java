package io.sailplan.planning;

import io.sailplan.graph.Edge;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.ObjectKey;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * What may take the place of an object that goes: nothing in either tells, but names, kinds and
 * Services do. The old one goes once that is ready, so that somebody is there all the time.
 */
final class Succession {
  private final ResourceGraph declared;
  private final MemberGraph members;
  private final Collection<Draft> drafts;

  Succession(ResourceGraph declared, MemberGraph members, Collection<Draft> drafts) {
    this.declared = declared;
    this.members = members;
    this.drafts = drafts;
  }

  /** Returns the ids of what is declared and may take the place of a member, ordered. */
  Set<String> of(String id) {
    ObjectKey key = members.object(id).key();
    Set<String> successors = new TreeSet<>();
    for (Draft draft : drafts) {
      if (draft.creates() && mayReplace(draft.target().key(), key)) {
        successors.add(draft.target().resource());
      }
    }
    if (Removal.hasPods(key)) {
      for (String need : members.dependencies(id)) {
        if (!members.isMilestone(need) && isService(need)) {
          declared.dependents(need).stream().map(Edge::from).forEach(successors::add);
        }
      }
    }
    return successors;
  }

  private boolean isService(String id) {
    ObjectKey key = members.object(id).key();
    return key.kind().equals("Service")
        && key.group().isEmpty()
        && declared.resource(id).isPresent();
  }

  private static boolean mayReplace(ObjectKey made, ObjectKey gone) {
    return made.name().equals(gone.name())
        || made.groupKind().equals(gone.groupKind())
        || (Removal.hasPods(made) && Removal.hasPods(gone));
  }
}
