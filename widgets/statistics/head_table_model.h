// SPDX-License-Identifier: GPL-3.0-or-later
// The statistics of heads as a table, a row a head, and which of its rows are shown in which order. Window's thread.
#pragma once

#include "widgets/statistics/head_profiles.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <QStringList>

#include <optional>

namespace headlens {

class HeadTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    // Roles beside Qt's: the number itself and its deviation (nan where there is none), and what typing finds a head
    // by.
    enum Role : int { NumberRole = Qt::UserRole, DeviationRole, SearchRole, PatternRole };
    enum Column : int { Layer, Head, Pattern, Score, FirstNumber };

    explicit HeadTableModel(HeadProfiles* profiles, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    HeadPlace placeOf(int row) const;
    void fill(); // again, also in another language

private:
    QString textOf(const ProfiledHead& head, int column) const;
    double numberOf(const ProfiledHead& head, int column) const;
    double deviationOf(const ProfiledHead& head, int column) const;

    HeadProfiles* m_profiles;
    std::vector<HeadNumber> m_numbers; // that any head has
};

// Heads without a number stand at the end, whichever way it is sorted.
class ShownHeadRows : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setPattern(std::optional<int> pattern); // none: all; -1: heads without a pattern
    std::optional<int> pattern() const { return m_pattern; }
    void setTyped(const QString& text); // every word of it must be found
    QString csv() const;                // what is shown, in its order

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    bool hasDeviations(int column) const;

    std::optional<int> m_pattern;
    QStringList m_words;
};

} // namespace headlens
