/** Charts that more than one room draws, as one file. */
import '../charts/GapTrace';
import '../charts/LapChart';
import '../charts/LapCursor';
import '../charts/Lines';
import '../charts/RejoinStrip';
import '../charts/StrategyBars';
import '../charts/Traces';
import '../charts/Waterfall';
import '../model/simulation';
import '../parts/AutopsyControls';
import '../parts/DataTable';
