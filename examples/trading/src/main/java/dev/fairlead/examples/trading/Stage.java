package dev.fairlead.examples.trading;

import dev.fairlead.examples.demo.Figures;
import dev.fairlead.examples.demo.Patience;

/** What every story needs: the services that it plays with, a way to wait, and where to put what it measures. */
record Stage(TradingLandscape landscape, Patience patience, Figures figures) {}
