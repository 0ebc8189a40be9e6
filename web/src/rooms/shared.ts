/**
 * What nearly every room needs. All rooms and the first load import it whole, so that the bundler makes one file of it: as
 * two dozen files, one for each set of rooms that use something, it would be a sixth larger and take as many requests.
 */
import '../charts/Candidates';
import '../lib/color';
import '../lib/session';
import '../lib/spoiler';
import '../model/autopsy';
import '../model/crowd';
import '../model/plan';
import '../model/races';
import '../model/season';
import '../model/strategies';
import '../parts/AsOf';
import '../parts/ImportRace';
import '../parts/KeyList';
import '../parts/Offline';
import '../parts/Pending';
import '../parts/SpoilerGate';
import '../parts/Swatch';
import '../parts/Tabs';
import '../parts/Tyre';
