import com.machinezoo.sourceafis.*;
import java.nio.file.*;
import java.util.*;

/** Compares all pictures named in a file with each other: a line of scores a picture, on stdout. */
class Peer {
  public static void main(String[] words) throws Exception {
    var templates = new ArrayList<FingerprintTemplate>();
    for (var path : Files.readAllLines(Path.of(words[0]))) {
      var options = new FingerprintImageOptions().dpi(500);
      templates.add(new FingerprintTemplate(new FingerprintImage(Files.readAllBytes(Path.of(path)), options)));
    }
    for (var probe : templates) {
      var matcher = new FingerprintMatcher(probe);
      var scores = new StringJoiner(" ");
      for (var candidate : templates) scores.add(Double.toString(matcher.match(candidate)));
      System.out.println(scores);
    }
  }
}
