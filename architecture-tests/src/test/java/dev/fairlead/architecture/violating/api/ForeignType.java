package dev.fairlead.architecture.violating.api;

import com.tngtech.archunit.core.domain.JavaClasses;

public interface ForeignType {
    void show(JavaClasses classes);

    void showAll(boolean quickly);
}
