// SPDX-License-Identifier: GPL-3.0-or-later
// What statistics of heads are of: the shown run, or the average of many pictures; while these are counted a button
// stops it. Window's thread.
#pragma once

#include <QStringList>
#include <QWidget>

class QToolButton;

namespace headlens {

class HeadProfiles;
class InspectionModel;
class PictureAverage;

class ProfileSource : public QWidget {
    Q_OBJECT
public:
    ProfileSource(InspectionModel* model, HeadProfiles* profiles, QWidget* parent = nullptr);

    PictureAverage* average() const { return m_average; }
    QToolButton* choice() const { return m_choice; }
    QToolButton* stop() const { return m_stop; }
    void useFolder(const QString& folder);
    void usePictures(const QStringList& paths);
    QString note() const; // what was counted and what failed; empty: the shown run

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void follow();
    void say();

    InspectionModel* m_model;
    HeadProfiles* m_profiles;
    PictureAverage* m_average;
    QToolButton *m_choice, *m_stop;
    QString m_problem; // with what was chosen last
};

} // namespace headlens
