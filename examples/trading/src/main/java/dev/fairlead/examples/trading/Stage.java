package dev.fairlead.examples.trading;

import dev.fairlead.examples.demo.Figures;
import dev.fairlead.examples.demo.Patience;
import dev.fairlead.examples.demo.WorkFolder;
import dev.fairlead.examples.demo.Workers;

/**
 * What every story needs.
 *
 * @param landscape the services that it plays with
 * @param figures where to put what it measures
 * @param work of the whole demo: its plan, and a folder for what a story keeps in files
 */
record Stage(TradingLandscape landscape, Patience patience, Workers workers, Figures figures, WorkFolder work) {}
