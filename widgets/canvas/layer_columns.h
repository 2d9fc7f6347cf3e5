// SPDX-License-Identifier: GPL-3.0-or-later
// Where the bar of every layer stands: towers beside each other with a gap, as wide as their layers and names ask for.
// Plain.
#pragma once

#include <QFontMetricsF>
#include <QString>
#include <QStringList>

#include <vector>

namespace headlens {

struct Tower {
    QString name;
    int first = 0, count = 1;   // layers
    double left = 0, width = 0; // pixels
};

class LayerColumns {
public:
    // The tower of every layer by its name, at least one; neighbours of one name stand together.
    void setTowers(const QStringList& ofLayers);
    void arrange(double width, const QFontMetricsF& names);

    const std::vector<Tower>& towers() const { return m_towers; }
    const Tower& towerOf(int layer) const;
    bool namesFit() const { return m_namesFit; } // there are several, and none is cut
    double left(int layer) const;
    double width(int layer) const { return towerOf(layer).width / towerOf(layer).count; }
    int layerAt(double x) const; // the nearest one

private:
    std::vector<Tower> m_towers = std::vector<Tower>(1);
    bool m_namesFit = false;
};

} // namespace headlens
