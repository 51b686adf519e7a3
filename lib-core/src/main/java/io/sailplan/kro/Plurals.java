package io.sailplan.kro;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The plural of a kind, as kro names it: by the rules of the inflection library that it uses
 * (github.com/gobuffalo/flect 1.0.3), good English or not. A CustomResourceDefinition is found by
 * it, so it has to be the same letter by letter.
 */
final class Plurals {
  /**
   * Words that follow no rule: singular, plural, other plurals. Those with {@code =} count as whole
   * words only, others at the end of a word as well; of those with {@code !}, the plural is not
   * known to be one.
   */
  private static final String WORDS =
      """
      aircraft aircraft, beef beef beefs, bison bison, blues blues !, chassis chassis, deer deer,
      fish fish fishes, moose moose, police police, salmon salmon salmons, series series, sheep
      sheep, shrimp shrimp shrimps, species species, swine swine swines, trout trout trouts, tuna
      tuna tunas, you you, child children, =ox oxen, foot feet, goose geese, man men, human
      humans, =louse lice, mouse mice, tooth teeth, woman women, =die dice, person people, adieu
      adieux adieus, fabliau fabliaux, bureau bureaus bureaux, criterion criteria, ganglion
      ganglia ganglions, lexicon lexica lexicons, mitochondrion mitochondria mitochondrions,
      noumenon noumena, phenomenon phenomena, taxon taxa, media media, medium media mediums !,
      stadium stadiums stadia, aquarium aquaria aquariums, auditorium auditoria auditoriums,
      symposium symposia symposiums, curriculum curriculums curricula, quota quotas, alumnus
      alumni alumnuses, bacillus bacilli, cactus cacti cactuses, coccus cocci, focus foci focuses,
      locus loci locuses, nucleus nuclei nucleuses, octopus octupuses octopi, radius radii
      radiuses, syllabus syllabi, corpus corpora corpuses, genus genera, alumna alumnae, vertebra
      vertebrae, differentia differentiae, minutia minutiae, vita vitae, larva larvae, postcava
      postcavae, praecava praecavae, uva uvae, apex apices apexes, codex codices codexes, index
      indices indexes, latex latices latexes, vertex vertices vertexes, vortex vortices vortexes,
      appendix appendices appendixes, radix radices radixes, helix helices helixes, =axis axes,
      crisis crises, ellipsis ellipses !, genesis geneses, oasis oases, thesis theses, testis
      testes, base bases, basis bases !, =alias aliases, vedalia vedalias, =use uses, abuse
      abuses, cause causes, clause clauses, cruse cruses, excuse excuses, fuse fuses, house
      houses, misuse misuses, muse muses, pause pauses, ache aches, topaz topazes, buffalo
      buffaloes buffalos, potato potatoes, tomato tomatoes, equipment equipment, information
      information, jeans jeans, money money, news news, rice rice, dwarf dwarfs dwarves, hoof
      hoofs hooves, thief thieves, chive chives, hive hives, move moves, movie movies, cookie
      cookies, pretorium pretoriums, agenda agendas, formula formulas formulae, shoe shoes, =toe
      toes, graffiti graffiti
      """;

  /** Endings, the first that fits counts. */
  private static final String ENDINGS =
      """
      tive tives, eaf eaves, oaf oaves, afe aves, arf arves, rfe rves, rf rves, lf lves, fe ves,
      ay ays, ey eys, oy oys, quy quies, uy uys, y ies, eau eaux, bula bulae, dula bulae, lula
      bulae, nula bulae, vula bulae, hedron hedra, ium ia, seum seums, eum ea, oum oa, stracum
      straca, dum da, elum ela, ilum ila, olum ola, ulum ula, llum lla, ylum yla, imum ima, ernum
      erna, gnum gna, brum bra, crum cra, terum tera, serum sera, trum tra, antum anta, atum ata,
      entum enta, etum eta, itum ita, otum ota, utum uta, ctum cta, ovum ova, trix trices, iasis
      iases, mesis meses, kinesis kineses, resis reses, gnosis gnoses, opsis opses, ysis yses,
      ouse ouses, lause lauses, us uses, ch ches, io ios, sh shes, ss sses, ez ezzes, iz izzes, tz
      tzes, zz zzes, ano anos, lo los, to tos, oo oos, o oes, x xes
      """;

  /** Abbreviations that take a plain s although their ending would take something else. */
  private static final Set<String> ABBREVIATIONS = Set.of("eia", "ssh", "tia");

  private static final Map<String, String> IRREGULAR = new HashMap<>();
  private static final Set<String> KNOWN_PLURALS = new HashSet<>();
  private static final List<Ending> RULES = new ArrayList<>();

  private record Ending(String singular, String plural) {}

  static {
    for (String[] word : entries(WORDS)) {
      boolean whole = word[0].startsWith("=");
      String singular = whole ? word[0].substring(1) : word[0];
      IRREGULAR.put(singular, word[1]);
      if (!word[word.length - 1].equals("!")) {
        KNOWN_PLURALS.addAll(Arrays.asList(word).subList(1, word.length));
      }
      if (!whole) {
        RULES.add(new Ending(singular, word[1]));
      }
    }
    Collections.reverse(RULES); // later words come first
    for (String[] ending : entries(ENDINGS)) {
      RULES.add(new Ending(ending[0], ending[1]));
    }
  }

  private Plurals() {}

  private static List<String[]> entries(String table) {
    return Arrays.stream(table.strip().split(",\\s+")).map(entry -> entry.split("\\s")).toList();
  }

  /** Returns the name of the resource in URLs. */
  static String of(String kind) {
    String word = kind.toLowerCase(Locale.ROOT);
    String irregular = IRREGULAR.get(word);
    if (irregular != null) {
      return irregular;
    }
    if (KNOWN_PLURALS.contains(word)) {
      return word;
    }
    if (ABBREVIATIONS.contains(word)) {
      return word + "s";
    }
    for (Ending rule : RULES) {
      if (word.endsWith(rule.plural)) {
        return word;
      }
      if (word.endsWith(rule.singular)) {
        return word.substring(0, word.length() - rule.singular.length()) + rule.plural;
      }
    }
    return word.endsWith("s") ? word : word + "s";
  }
}
